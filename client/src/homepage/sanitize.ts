import DOMPurify, { type Config } from 'dompurify'
import MarkdownIt from 'markdown-it'
import { isElement } from './elements'

const markdown = new MarkdownIt({ html: true, breaks: true, linkify: true })

const rules: Config & { RETURN_DOM_FRAGMENT: true } = {
  FORBID_TAGS: ['style', 'form', 'input', 'button', 'textarea', 'select', 'dialog'],
  ADD_ATTR: ['target'],
  CUSTOM_ELEMENT_HANDLING: { tagNameCheck: isElement },
  RETURN_DOM_FRAGMENT: true
}

/**
 * The page an administrator has written: markdown with HTML and PeerTube's own elements in it, without anything that
 * runs. Those elements are still empty; `furnish` fills them.
 */
export function sanitized(source: string): DocumentFragment {
  const page = DOMPurify.sanitize(markdown.render(source), rules)
  for (const link of page.querySelectorAll<HTMLAnchorElement>('a[target]')) link.rel = 'noopener noreferrer'
  return page
}
