// @vitest-environment jsdom
import '@testing-library/jest-dom/vitest'
import { fireEvent, render, screen } from '@testing-library/svelte'
import { describe, expect, it, vi } from 'vitest'
import { TranscodingJobState, VideoState, type Transcoding, type VideoSummary } from '../api/types'
import FileDrop from '../pages/videos/publish/FileDrop.svelte'
import Description from './Description.svelte'
import ThemeMenu from './ThemeMenu.svelte'
import TranscodingProgress from './TranscodingProgress.svelte'
import VideoCard from './VideoCard.svelte'

const actor = { id: 1, name: 'news', displayName: 'The news', host: 'far.example', url: '', avatars: [] }

const none = { id: null, label: 'Unknown' }

const video: VideoSummary = {
  id: 1,
  uuid: 'u',
  shortUUID: 'short',
  url: '',
  name: 'Harbour',
  category: none,
  licence: none,
  language: none,
  privacy: { id: 1, label: 'Public' },
  nsfw: false,
  truncatedDescription: null,
  isLocal: false,
  duration: 754,
  views: 1,
  thumbnailPath: '/lazy-static/thumbnails/a.jpg',
  previewPath: '/lazy-static/previews/a.jpg',
  createdAt: '2026-06-12T12:00:00Z',
  publishedAt: '2026-06-12T12:00:00Z',
  originallyPublishedAt: null,
  isLive: false,
  account: actor,
  channel: actor
}

describe('The card of a video', () => {
  it('leads to the video and to its channel, and says how long, how often and when', () => {
    render(VideoCard, { video, now: new Date('2026-06-15T12:00:00Z') })

    expect(screen.getByRole('link', { name: 'Harbour' })).toHaveAttribute('href', '/w/short')
    expect(screen.getByRole('link', { name: 'The news' })).toHaveAttribute(
      'href',
      '/c/news@far.example/videos'
    )
    expect(screen.getByText('12:34')).toBeInTheDocument()
    expect(screen.getByText('1 view')).toBeInTheDocument()
    expect(screen.getByText('3 days ago')).toBeInTheDocument()
  })

  it('has one stop for the keyboard per target', () => {
    render(VideoCard, { video, now: new Date() })
    const stops = [...document.querySelectorAll('a')].filter((link) => link.tabIndex >= 0)
    expect(stops.map((link) => link.textContent)).toEqual(['Harbour', 'The news'])
  })
})

describe('The progress of a transcoding', () => {
  const job = (uuid: string, state: number, progress: number, error: string | null = null) => ({
    uuid,
    type: 'vod-hls-transcoding' as const,
    resolution: { id: 480, label: '480p' },
    state: { id: state, label: '' },
    progress,
    failures: error ? 3 : 0,
    error
  })
  const of = (state: number, progress: number, jobs: Transcoding['jobs']): Transcoding => ({
    state: { id: state, label: '' },
    progress,
    jobs
  })

  it('shows the whole and every rendition', () => {
    const { Processing, Completed } = TranscodingJobState
    const jobs = [job('a', Completed, 100), job('b', Processing, 37)]
    render(TranscodingProgress, { progress: of(VideoState.ToTranscode, 68.4, jobs) })

    expect(screen.getByText('Being transcoded')).toBeInTheDocument()
    expect(screen.getByText('68 %')).toBeInTheDocument()
    const bars = screen.getAllByRole('progressbar').map((bar) => bar.getAttribute('aria-valuenow'))
    expect(bars).toEqual(['68.4', '100', '37'])
    expect(
      screen.getAllByRole('listitem').map((row) => row.textContent?.replace(/\s+/g, ' ').trim())
    ).toEqual([expect.stringContaining('Done'), expect.stringContaining('37 %')])
  })

  it('says that more will come when the video is published already', () => {
    const jobs = [job('a', TranscodingJobState.Processing, 10)]
    render(TranscodingProgress, { progress: of(VideoState.Published, 55, jobs) })
    expect(screen.getByText('Published, further qualities follow')).toBeInTheDocument()
  })

  it('shows why it failed', () => {
    const jobs = [job('a', TranscodingJobState.Errored, 40, 'ffmpeg exited with code 1')]
    render(TranscodingProgress, { progress: of(VideoState.TranscodingFailed, 40, jobs) })
    expect(screen.getByText('Transcoding failed')).toBeInTheDocument()
    expect(screen.getByText('ffmpeg exited with code 1')).toBeInTheDocument()
  })
})

describe('The place for a file', () => {
  function drop(...files: File[]) {
    const onFiles = vi.fn()
    const { container } = render(FileDrop, { extensions: ['.mp4', '.webm'], onFiles })
    const target = container.querySelector('.drop')!
    return { onFiles, done: fireEvent.drop(target, { dataTransfer: { files } }) }
  }

  it('takes videos, and those only', async () => {
    const files = [new File(['x'], 'a.MP4'), new File(['x'], 'notes.txt'), new File(['x'], 'b.webm')]
    const { onFiles, done } = drop(...files)
    await done
    expect(onFiles).toHaveBeenCalledExactlyOnceWith([files[0], files[2]])
    expect(screen.getByRole('alert')).toHaveTextContent('notes.txt')
  })

  it.each([
    ['another kind of file', new File(['x'], 'a.txt'), '.mp4, .webm'],
    ['an empty file', new File([], 'a.mp4'), 'a.mp4 is empty']
  ])('refuses %s and says why', async (_name, file, reason) => {
    const { onFiles, done } = drop(file)
    await done
    expect(onFiles).not.toHaveBeenCalled()
    expect(screen.getByRole('alert')).toHaveTextContent(reason)
  })
})

describe('A panel behind a button', () => {
  it('opens, and closes by Escape with the focus back on its button', async () => {
    render(ThemeMenu)
    const button = screen.getByRole('button', { name: 'Appearance' })
    expect(button).toHaveAttribute('aria-expanded', 'false')

    await fireEvent.click(button)
    expect(button).toHaveAttribute('aria-expanded', 'true')
    const dark = screen.getByRole('radio', { name: 'Dark' })
    dark.focus()

    await fireEvent.keyDown(dark, { key: 'Escape' })
    expect(button).toHaveAttribute('aria-expanded', 'false')
    expect(button).toHaveFocus()
  })

  it('chooses the colours and keeps the choice', async () => {
    render(ThemeMenu)
    await fireEvent.click(screen.getByRole('button', { name: 'Appearance' }))
    await fireEvent.click(screen.getByRole('radio', { name: 'Dark' }))
    expect(document.documentElement.dataset.scheme).toBe('dark')
    expect(localStorage.getItem('vidilog_color_scheme')).toBe('dark')

    await fireEvent.click(screen.getByRole('radio', { name: 'Auto' }))
    expect(document.documentElement.dataset.scheme).toBeUndefined()
    expect(localStorage.getItem('vidilog_color_scheme')).toBeNull()
  })
})

describe('A description', () => {
  it('is rendered when it holds markdown', async () => {
    render(Description, { text: 'Some **bold** words' })
    expect(await screen.findByText('bold')).toHaveProperty('tagName', 'STRONG')
  })

  it('is folded when it is long', async () => {
    render(Description, { text: 'word '.repeat(200) })
    const button = screen.getByRole('button', { name: 'Show more' })
    await fireEvent.click(button)
    expect(button).toHaveAttribute('aria-expanded', 'true')
    expect(button).toHaveTextContent('Show less')
  })
})
