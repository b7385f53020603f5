"""Policies that more than one test runs under; `{folder}` is what the agent watches."""

STORE_ANY = """
policy: {{id: store-any, version: "1", mode: enforce}}
watch: {{directories: ["{folder}"], clipboard: false, network: false}}
rules:
  - id: store-any
    zh: 存有客户信息
    en: customer data at rest
    when: {{channel: file, level: C2, customers: 1}}
    action: audit
    domains: [it]
    clauses: [K17]
"""
