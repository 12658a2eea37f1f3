import { mount, unmount } from 'svelte'
import { componentOf, container } from './elements'

/** Puts components into the elements of a page; answers how to take them away again. */
export function furnish(page: ParentNode): () => void {
  for (const element of page.querySelectorAll<HTMLElement>(container)) layOut(element)
  const mounted = [...page.querySelectorAll<HTMLElement>('*')].flatMap((target) => {
    const component = componentOf(target)
    return component ? [mount(component, { target, props: { data: { ...target.dataset } } })] : []
  })
  return () => {
    for (const one of mounted) void unmount(one)
  }
}

/** Its title and description before its content, and the content in a row or a column. */
function layOut(element: HTMLElement): void {
  const { title, description, width, layout = 'column', justifyContent = 'space-between' } = element.dataset
  const content = document.createElement('div')
  content.className = layout === 'row' ? 'row' : 'column'
  if (layout === 'row') content.style.justifyContent = justifyContent
  content.append(...element.childNodes)
  if (width) element.style.width = width
  element.append(
    ...(title ? [textElement('h2', title)] : []),
    ...(description ? [textElement('p', description)] : []),
    content
  )
}

function textElement(name: string, text: string): HTMLElement {
  const element = document.createElement(name)
  element.textContent = text
  return element
}
