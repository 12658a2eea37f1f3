import videojs from 'video.js/core'
import { automatic, type Qualities } from './qualities'

/* video.js documents its components as classes to inherit from; its types leave some of their methods out. */
/* eslint-disable @typescript-eslint/no-explicit-any */
const MenuButton = videojs.getComponent('MenuButton') as any
const MenuItem = videojs.getComponent('MenuItem') as any

class QualityItem extends MenuItem {
  handleClick(event: Event) {
    super.handleClick(event)
    this.options_.choose()
  }
}

class QualityMenuButton extends MenuButton {
  constructor(player: unknown, options: object) {
    super(player, options)
    this.controlText('Quality')
  }

  /** Shows other qualities, after the source has changed or begun to play another one. */
  offer(qualities: Qualities): void {
    this.qualities = qualities
    this.update()
    // One quality is no choice. Said after the update, in which video.js shows every menu that is not empty.
    if (qualities.list().length < 2) this.hide()
    const chosen = qualities.list().find((quality) => quality.id === qualities.chosen())
    const current = qualities.current()
    this.label.textContent =
      chosen && chosen.id !== automatic ? chosen.label : current === '' ? 'Auto' : `Auto ${current}`
  }

  createItems(): unknown[] {
    const qualities: Qualities | undefined = this.qualities
    if (!qualities) return []
    return qualities.list().map(
      (quality) =>
        new (QualityItem as any)(this.player(), {
          label: quality.label,
          selectable: true,
          multiSelectable: false,
          selected: quality.id === qualities.chosen(),
          choose: () => {
            qualities.choose(quality.id)
            this.offer(qualities)
          }
        })
    )
  }

  createEl(): Element {
    const element: Element = super.createEl()
    this.label = document.createElement('span')
    this.label.className = 'vidilog-quality-label'
    this.label.setAttribute('aria-hidden', 'true')
    element.append(this.label)
    return element
  }

  buildWrapperCSSClass(): string {
    return `vidilog-quality ${super.buildWrapperCSSClass()}`
  }

  buildCSSClass(): string {
    return `vidilog-quality-button ${super.buildCSSClass()}`
  }
}

export interface QualityMenu {
  offer(qualities: Qualities): void
}

const name = 'VidilogQualityMenu'

/** Adds the quality menu to the control bar, before the button for full screen. */
export function addQualityMenu(player: any): QualityMenu {
  if (!videojs.getComponent(name)) videojs.registerComponent(name, QualityMenuButton as any)
  const bar = player.controlBar
  const before = bar.children().findIndex((child: any) => child.name() === 'FullscreenToggle')
  return bar.addChild(name, {}, before < 0 ? undefined : before) as QualityMenu
}
