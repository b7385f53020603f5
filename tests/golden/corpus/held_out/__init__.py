"""The half that nobody tunes on: templates, labels and words of another bank, written without sight of the detector."""
from . import (adversarial, counter, letters, lists, long, machines, quiet_code, quiet_machines, quiet_prose, quiet_tables,  # noqa: F401
               reports, talk, traditional, written)
