import { NodeTypes, type NodeTransform } from '@vue/compiler-core'

/** Has every {{ … }} of every template pass through `visible` (src/visible.ts), which main.ts provides. */
export const visibleText: NodeTransform = (node) => {
  if (node.type !== NodeTypes.INTERPOLATION) return
  node.content = {
    type: NodeTypes.COMPOUND_EXPRESSION,
    loc: node.content.loc,
    children: ['_ctx.$visible(', node.content, ')'],
  }
}
