import type { Component } from 'svelte'
import ChannelMiniature from './ChannelMiniature.svelte'
import type { Data } from './data'
import InstanceAvatar from './InstanceAvatar.svelte'
import InstanceBanner from './InstanceBanner.svelte'
import LinkButton from './LinkButton.svelte'
import VideoEmbed from './VideoEmbed.svelte'
import VideoMiniature from './VideoMiniature.svelte'
import VideosList from './VideosList.svelte'

/** PeerTube's custom elements, as https://docs.joinpeertube.org/api/custom-client-markup describes them. */
const components: Record<string, Component<{ data: Data }>> = {
  'peertube-button': LinkButton,
  'peertube-video-embed': VideoEmbed,
  'peertube-video-miniature': VideoMiniature,
  'peertube-channel-miniature': ChannelMiniature,
  'peertube-videos-list': VideosList,
  'peertube-instance-banner': InstanceBanner,
  'peertube-instance-avatar': InstanceAvatar
}

/** Holds other elements; it is laid out, not replaced. */
export const container = 'peertube-container'

/** Whether a custom element is one of PeerTube's that this client shows. There are no playlists yet. */
export function isElement(name: string): boolean {
  return name === container || name in components
}

/** The component of an element, undefined for any other. */
export function componentOf(element: Element): Component<{ data: Data }> | undefined {
  return components[element.localName]
}
