/** What is not seen, or turns other characters around: controls, marks of direction, blanks of no width, tags. */
const hidden = new RegExp(
  '[\\u0000-\\u0008\\u000B-\\u001F\\u007F-\\u009F\\u00AD\\u061C\\u180E\\u200B-\\u200F\\u2028-\\u202E\\u2060-\\u206F\\uFEFF\\uFFF9-\\uFFFB]|[\\u{E0000}-\\u{E007F}]',
  'gu',
)

/**
 * Text as it is, with every character of that kind named instead: "报告⟨U+202E⟩fdp.exe". A file may be called what
 * its user likes; on a page its name must not look like another. Anything but text is given back.
 */
export const visible = (value: unknown): unknown =>
  typeof value === 'string'
    ? value.replace(hidden, (found) => `⟨U+${found.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}⟩`)
    : value
