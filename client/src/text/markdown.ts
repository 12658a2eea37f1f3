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

/**
 * Markdown that strangers wrote, as HTML that is safe to insert. No images and no raw HTML, as in PeerTube;
 * links leave in a new tab and pass nothing on.
 */
export function descriptionHtml(source: string): string {
  const html = DOMPurify.sanitize(markdown.render(source), { ...allowed, RETURN_DOM_FRAGMENT: true })
  for (const link of html.querySelectorAll('a')) {
    link.target = '_blank'
    link.rel = 'nofollow noopener noreferrer'
  }
  const holder = document.createElement('div')
  holder.append(html)
  return holder.innerHTML
}
