/** The shapes of PeerTube's REST interface that the client reads; fields it does not read are left out. */

export interface Labelled<T = number> {
  id: T
  label: string
}

/** A value somebody may have left open: category, licence, language. */
export type MaybeLabelled<T = number> = Labelled<T | null>

export interface Page<T> {
  total: number
  data: T[]
}

export interface ActorImage {
  width: number
  path?: string
  fileUrl?: string
}

export interface ActorSummary {
  id: number
  name: string
  displayName: string
  host: string
  url: string
  avatars: ActorImage[]
}

/** What accounts and channels have in common. */
export interface Actor extends ActorSummary {
  description: string | null
  followersCount: number
  createdAt: string
  banners?: ActorImage[]
}

export type Account = Actor

export interface Channel extends Actor {
  support: string | null
  isLocal: boolean
  ownerAccount?: ActorSummary
}

/** VideoState of PeerTube; the states this client tells apart. */
export const VideoState = { Published: 1, ToTranscode: 2, TranscodingFailed: 7 } as const

/** VideoPrivacy of PeerTube. */
export const VideoPrivacy = { Public: 1, Unlisted: 2, Private: 3, Internal: 4, PasswordProtected: 5 } as const

export interface VideoSummary {
  id: number
  uuid: string
  shortUUID: string
  url: string
  name: string
  category: MaybeLabelled
  licence: MaybeLabelled
  language: MaybeLabelled<string>
  privacy: Labelled
  /** In lists of one's own videos, when it changes by itself. */
  scheduledUpdate?: { updateAt: string; privacy?: number } | null
  nsfw: boolean
  truncatedDescription: string | null
  isLocal: boolean
  /** Seconds. */
  duration: number
  aspectRatio?: number | null
  views: number
  likes?: number
  dislikes?: number
  /** Where the user left it, in seconds; for those who are logged in. */
  userHistory?: { currentTime: number }
  embedPath?: string
  thumbnailPath?: string | null
  previewPath?: string | null
  createdAt: string
  publishedAt: string
  originallyPublishedAt: string | null
  isLive: boolean
  account: ActorSummary
  channel: ActorSummary
  state?: Labelled
  waitTranscoding?: boolean
}

/** Where a chapter begins, in seconds, and what it is called. */
export interface Chapter {
  timecode: number
  title: string
}

export interface Caption {
  language: Labelled<string>
  automaticallyGenerated?: boolean
  captionPath: string
  fileUrl?: string
}

/** One picture of many small ones, one for every `spriteDuration` seconds. */
export interface Storyboard {
  storyboardPath: string
  fileUrl?: string
  totalWidth: number
  totalHeight: number
  spriteWidth: number
  spriteHeight: number
  spriteDuration: number
}

/** What is done with sensitive videos. */
export type NsfwPolicy = 'do_not_list' | 'blur' | 'display' | 'warn'

export type Rating = 'like' | 'dislike' | 'none'

export interface VideoFile {
  id: number
  resolution: Labelled
  width?: number
  height?: number
  /** Bytes. */
  size: number
  fps: number
  fileUrl: string
  fileDownloadUrl?: string
  torrentDownloadUrl?: string | null
  magnetUri?: string | null
  hasAudio?: boolean
  hasVideo?: boolean
}

export interface StreamingPlaylist {
  id: number
  type: number
  playlistUrl: string
  segmentsSha256Url?: string
  files: VideoFile[]
}

export interface Video extends VideoSummary {
  description: string | null
  support: string | null
  tags: string[]
  files: VideoFile[]
  streamingPlaylists: StreamingPlaylist[]
  channel: Channel
  account: Account
  state: Labelled
  downloadEnabled?: boolean
  /** CommentsPolicy of PeerTube. */
  commentsPolicy?: Labelled
  commentsEnabled?: boolean
}

/** Who may comment on a video. */
export const CommentsPolicy = { Enabled: 1, Disabled: 2, NeedsApproval: 3 } as const

export interface User {
  id: number
  username: string
  role: Labelled
  account: Account
  videoChannels: Channel[]
  email?: string
  pendingEmail?: string | null
  emailVerified?: boolean | null
  nsfwPolicy?: string
  p2pEnabled?: boolean
  videosHistoryEnabled?: boolean
  autoPlayVideo?: boolean
  autoPlayNextVideo?: boolean
  videoLanguages?: string[] | null
  /** Bytes; -1 for no limit. */
  videoQuota?: number
  videoQuotaDaily?: number
}

export interface BroadcastMessage {
  enabled: boolean
  /** Markdown. */
  message: string
  level: 'info' | 'warning' | 'error'
  dismissable: boolean
}

/** A logo an administrator has given; `type` is its place. */
export interface Logo {
  type: string
  width: number
  fileUrl: string
}

export interface ServerConfig {
  serverVersion?: string
  /** Of this software; `serverVersion` is the version of PeerTube it stands for. */
  vidilogVersion?: string
  instance: {
    name: string
    shortDescription: string
    defaultNSFWPolicy?: string
    defaultClientRoute?: string
    avatars?: ActorImage[]
    banners?: ActorImage[]
    logo?: Logo[]
  }
  homepage?: { enabled: boolean }
  broadcastMessage?: BroadcastMessage
  client?: { videos?: { resumableUpload?: { maxChunkSize?: number } } }
  defaults?: {
    publish?: {
      privacy?: number
      licence?: number | null
      downloadEnabled?: boolean
      commentsPolicy?: number
    }
  }
  signup?: {
    allowed: boolean
    allowedForCurrentIP: boolean
    requiresEmailVerification: boolean
    requiresApproval?: boolean
    minimumAge?: number
  }
  fieldsConstraints?: { users?: { password?: { minLength?: number; maxLength?: number } } }
  user?: { videoQuota?: number; videoQuotaDaily?: number }
  videoFile?: { update?: { enabled?: boolean } }
  videoCaption?: { file?: { size?: { max?: number }; extensions?: string[] } }
  nsfwFlagsSettings?: { enabled?: boolean }
  transcoding?: {
    hls?: { enabled?: boolean }
    web_videos?: { enabled?: boolean }
    enabledResolutions?: number[]
  }
  video?: { file?: { extensions?: string[] } }
  views?: { videos?: { watchingInterval?: { anonymous: number | null; users: number | null } } }
}

/** Label by id, as `videos/categories` and its sisters answer. */
export type Labels = Record<string, string>

/** State of a transcoding job, with the numbers of PeerTube's runner jobs. */
export const TranscodingJobState = {
  Pending: 1,
  Processing: 2,
  Completed: 3,
  Errored: 4,
  WaitingForParent: 5,
  Cancelled: 6
} as const

export interface TranscodingJob {
  uuid: string
  type: 'vod-web-video-transcoding' | 'vod-hls-transcoding'
  resolution: Labelled
  state: Labelled
  /** Percent. */
  progress: number
  failures: number
  error: string | null
}

export interface Transcoding {
  state: Labelled
  /** Percent of the whole. */
  progress: number
  jobs: TranscodingJob[]
}
