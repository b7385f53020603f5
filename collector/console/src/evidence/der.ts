// Strict DER on asn1js: whatever is not encoded the one way DER allows is refused before it is read.
import * as asn1 from 'asn1js'
import { equal, type Bytes } from './bytes'
import { EvidenceError } from './error'

type Node = asn1.BaseBlock

const fail = (detail: string): never => {
  throw new EvidenceError('corrupt', detail)
}

function refuseIndefinite(node: Node): void {
  if (node.lenBlock.isIndefiniteForm) fail('indefinite length')
  const value = (node.valueBlock as { value?: unknown }).value
  if (node.idBlock.isConstructed && Array.isArray(value)) value.forEach((child: Node) => refuseIndefinite(child))
}

/** asn1js throws errors of its own at some texts, such as a UniversalString of 3 bytes. */
function read(der: Bytes) {
  try {
    return asn1.fromBER(der)
  } catch {
    return fail('not DER')
  }
}

/** Reads exactly one DER element. */
export function parse(der: Bytes): Node {
  const { offset, result } = read(der)
  if (offset !== der.length) fail('not one element')
  refuseIndefinite(result)
  if (!equal(new Uint8Array(result.toBER(false)), der)) fail('not DER')
  return result
}

export const encode = (node: Node): Bytes => new Uint8Array(node.toBER(false))

/** The bytes of an element as they were read. */
export const raw = (node: Node): Bytes => new Uint8Array(node.valueBeforeDecodeView)

/** The elements of a SEQUENCE, or of `kind`. */
export function items(node: Node | undefined, kind: typeof asn1.Sequence | typeof asn1.Set = asn1.Sequence): Node[] {
  if (!(node instanceof kind)) return fail(`${kind.NAME} wanted`)
  return node.valueBlock.value as Node[]
}

/** The elements inside a constructed [tag]. */
export function tagged(node: Node | undefined, tag: number): Node[] {
  if (!(node instanceof asn1.Constructed) || !isTag(node, tag)) return fail(`[${tag}] wanted`)
  return node.valueBlock.value as Node[]
}

/** Is this an element tagged [tag]? */
export const isTag = (node: Node | undefined, tag: number): boolean =>
  node !== undefined && node.idBlock.tagClass === 3 && node.idBlock.tagNumber === tag

/** The one element inside a constructed [tag]. */
export function only(node: Node | undefined, tag: number): Node {
  const inside = tagged(node, tag)
  return inside.length === 1 && inside[0] ? inside[0] : fail(`one element in [${tag}] wanted`)
}

export function octets(node: Node | undefined): Bytes {
  if (!(node instanceof asn1.OctetString) || node.idBlock.isConstructed) return fail('OCTET STRING wanted')
  return new Uint8Array(node.valueBlock.valueHexView)
}

/** The bytes of a primitive [tag]. */
export function taggedOctets(node: Node | undefined, tag: number): Bytes {
  if (!(node instanceof asn1.Primitive) || !isTag(node, tag)) return fail(`primitive [${tag}] wanted`)
  return new Uint8Array(node.valueBlock.valueHexView)
}

export function bits(node: Node | undefined): Bytes {
  if (!(node instanceof asn1.BitString) || node.idBlock.isConstructed || node.valueBlock.unusedBits !== 0) return fail('BIT STRING wanted')
  return new Uint8Array(node.valueBlock.valueHexView)
}

export function small(node: Node | undefined): number {
  return node instanceof asn1.Integer && !node.valueBlock.isHexOnly ? node.valueBlock.valueDec : fail('small INTEGER wanted')
}

export function integerBytes(node: Node | undefined): Bytes {
  return node instanceof asn1.Integer ? new Uint8Array(node.valueBlock.valueHexView) : fail('INTEGER wanted')
}

export function oid(node: Node | undefined): string {
  return node instanceof asn1.ObjectIdentifier ? node.valueBlock.toString() : fail('OBJECT IDENTIFIER wanted')
}
