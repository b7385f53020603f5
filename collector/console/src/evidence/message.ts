// record::Evidence of policy/record/record.proto, read by its field numbers.
import { BinaryReader, WireType } from '@bufbuild/protobuf/wire'
import { toHex, type Bytes } from './bytes'
import { EvidenceError } from './error'

export interface EvidenceFinding {
  /** "D01" */
  element: string
  where: string
  value: string
  snippet: string
}

export interface Evidence {
  /** The incident it belongs to, hex. */
  incident: string
  findings: EvidenceFinding[]
  /** Only the first ones were kept. */
  truncated: boolean
}

function readFinding(bytes: Uint8Array): EvidenceFinding {
  const finding: EvidenceFinding = { element: '', where: '', value: '', snippet: '' }
  const reader = new BinaryReader(bytes)
  while (reader.pos < reader.len) {
    const [field, type] = reader.tag()
    if (field === 1 && type === WireType.Varint) finding.element = `D${String(reader.uint32()).padStart(2, '0')}`
    else if (field === 2 && type === WireType.LengthDelimited) finding.where = reader.string()
    else if (field === 3 && type === WireType.LengthDelimited) finding.value = reader.string()
    else if (field === 4 && type === WireType.LengthDelimited) finding.snippet = reader.string()
    else reader.skip(type, field)
  }
  return finding
}

/** Reads what stands inside both envelopes. */
export function readEvidence(bytes: Bytes): Evidence {
  const evidence: Evidence = { incident: '', findings: [], truncated: false }
  try {
    const reader = new BinaryReader(bytes)
    while (reader.pos < reader.len) {
      const [field, type] = reader.tag()
      if (field === 1 && type === WireType.LengthDelimited) evidence.incident = toHex(reader.bytes())
      else if (field === 2 && type === WireType.LengthDelimited) evidence.findings.push(readFinding(reader.bytes()))
      else if (field === 3 && type === WireType.Varint) evidence.truncated = reader.bool()
      else reader.skip(type, field)
    }
  } catch {
    throw new EvidenceError('corrupt', 'no evidence inside')
  }
  return evidence
}
