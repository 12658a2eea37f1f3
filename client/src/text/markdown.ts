import DOMPurify from 'dompurify'
import MarkdownIt from 'markdown-it'

const markdown = new MarkdownIt('zero', { breaks: true, linkify: true, html: false }).enable([
  'emphasis',
  'link',
  'autolink',
  'linkify',
  'newline',
  'list',
  'blockquote',
  'backticks',
  'fence',
  'heading',
  'hr',
  'strikethrough',
  'entity',
  'escape'
])

const allowed = {
  ALLOWED_TAGS: [
    ...['a', 'p', 'br', 'em', 'strong', 's', 'code', 'pre', 'blockquote'],
    ...['ul', 'ol', 'li', 'hr', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6']
  ],
  ALLOWED_ATTR: ['href', 'start']
}

/** Of comments, PeerTube's: fewer signs, but the HTML of other software of the Fediverse. */
const comments = new MarkdownIt('zero', { breaks: true, linkify: true, html: true }).enable([
  'emphasis',
  'link',
  'autolink',
  'linkify',
  'newline',
  'list',
  'entity',
  'escape',
  'html_inline',
  'html_block'
])

const allowedInComments = {
  ALLOWED_TAGS: ['a', 'p', 'br', 'em', 'strong', 'ul', 'ol', 'li'],
  ALLOWED_ATTR: ['href', 'start']
}

/**
 * Markdown that strangers wrote, as HTML that is safe to insert. No images and no raw HTML, as in PeerTube;
 * links leave in a new tab and pass nothing on.
 */
export function descriptionHtml(source: string): string {
  return safe(markdown.render(source), allowed)
}

/** The same for a comment. */
export function commentHtml(source: string): string {
  return safe(comments.render(source), allowedInComments)
}

function safe(untrusted: string, rules: typeof allowed): string {
  const html = DOMPurify.sanitize(untrusted, { ...rules, RETURN_DOM_FRAGMENT: true })
  for (const link of html.querySelectorAll('a')) {
    link.target = '_blank'
    link.rel = 'nofollow noopener noreferrer'
  }
  const holder = document.createElement('div')
  holder.append(html)
  return holder.innerHTML
}
