import videojs from 'video.js/core'

/* eslint-disable @typescript-eslint/no-explicit-any -- video.js documents its components as classes to inherit from */
const Button = videojs.getComponent('Button') as any

class TheatreButton extends Button {
  constructor(player: unknown, options: { onClick: () => void }) {
    super(player, options)
    this.controlText('Theatre mode (t)')
  }

  buildCSSClass(): string {
    return `vidilog-theatre ${super.buildCSSClass()}`
  }

  handleClick(): void {
    this.options_.onClick()
  }

  say(isOn: boolean): void {
    this.controlText(isOn ? 'Default view (t)' : 'Theatre mode (t)')
    this.el().setAttribute('aria-pressed', String(isOn))
  }
}

export interface TheatreSwitch {
  say(isOn: boolean): void
}

const name = 'VidilogTheatreButton'

/** Adds the button for theatre mode to the control bar, before the one for full screen. */
export function addTheatreButton(player: any, onClick: () => void): TheatreSwitch {
  if (!videojs.getComponent(name)) videojs.registerComponent(name, TheatreButton as any)
  const bar = player.controlBar
  const before = bar.children().findIndex((child: any) => child.name() === 'FullscreenToggle')
  return bar.addChild(name, { onClick }, before < 0 ? undefined : before) as TheatreSwitch
}
