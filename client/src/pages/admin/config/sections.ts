import { nsfwPolicies } from '../../../text/nsfw'
import { commentsPolicies } from '../../../video-form/draft'

export type Control =
  | 'text'
  | 'markdown'
  | 'code'
  | 'number'
  | 'check'
  | 'choice'
  /** Like choice, of a number. */
  | 'numberChoice'
  | 'quota'
  /** Switches for every key of an object. */
  | 'switches'
  /** From the lists of the server. */
  | 'languages'
  | 'categories'
  | 'licence'
  | 'privacy'

export interface Setting {
  path: string
  label: string
  control: Control
  hint?: string
  choices?: { value: string; label: string }[]
  /** Shown only while this switch is on. */
  needs?: string
  min?: number
}

export interface SettingsCard {
  title: string
  hint?: string
  settings: Setting[]
}

export interface Section {
  id: string
  title: string
  cards: SettingsCard[]
}

const text = (path: string, label: string, hint?: string): Setting => ({
  path,
  label,
  control: 'text',
  ...(hint ? { hint } : {})
})
const markdown = (path: string, label: string): Setting => ({ path, label, control: 'markdown' })
const check = (path: string, label: string, hint?: string, needs?: string): Setting => ({
  path,
  label,
  control: 'check',
  ...(hint ? { hint } : {}),
  ...(needs ? { needs } : {})
})

/** What can be configured, in the order of PeerTube's pages. Settings the server does not have are not shown. */
export const sections: Section[] = [
  {
    id: 'information',
    title: 'Information',
    cards: [
      {
        title: 'This server',
        settings: [
          text('instance.name', 'Name'),
          text('instance.shortDescription', 'In one sentence'),
          markdown('instance.description', 'Description'),
          { path: 'instance.categories', label: 'Main categories', control: 'categories' },
          { path: 'instance.languages', label: 'Languages the moderators speak', control: 'languages' },
          text('instance.serverCountry', 'Country of the server')
        ]
      },
      {
        title: 'Sensitive content',
        settings: [
          check('instance.isNSFW', 'This server is about sensitive content'),
          {
            path: 'instance.defaultNSFWPolicy',
            label: 'Videos with sensitive content',
            hint: 'For visitors, and for users who have not chosen.',
            control: 'choice',
            choices: nsfwPolicies
          }
        ]
      },
      {
        title: 'Rules',
        settings: [
          markdown('instance.terms', 'Terms'),
          markdown('instance.codeOfConduct', 'Code of conduct'),
          markdown('instance.moderationInformation', 'Who moderates, and how')
        ]
      },
      {
        title: 'Who runs it',
        settings: [
          text('admin.email', 'E-mail address of the administrator'),
          check('contactForm.enabled', 'Visitors can write to it', 'Needs e-mail to be set up.'),
          markdown('instance.administrator', 'Who is behind it'),
          markdown('instance.creationReason', 'Why it was made'),
          markdown('instance.maintenanceLifetime', 'For how long it is meant to be run'),
          markdown('instance.businessModel', 'How it is paid for'),
          markdown('instance.hardwareInformation', 'What it runs on'),
          markdown('instance.support.text', 'How to support it'),
          text('instance.social.externalLink', 'Web site'),
          text('instance.social.mastodonLink', 'Mastodon'),
          text('instance.social.blueskyLink', 'Bluesky')
        ]
      }
    ]
  },
  {
    id: 'general',
    title: 'General',
    cards: [
      {
        title: 'Appearance',
        settings: [
          text(
            'instance.defaultClientRoute',
            'First page',
            'The address a visitor of “/” sees, such as /videos/browse.'
          ),
          check(
            'client.videos.miniature.preferAuthorDisplayName',
            'Lists name the account before the channel'
          )
        ]
      },
      {
        title: 'Broadcast message',
        hint: 'Stands above every page.',
        settings: [
          check('broadcastMessage.enabled', 'Show a message'),
          {
            path: 'broadcastMessage.message',
            label: 'Message',
            control: 'markdown',
            needs: 'broadcastMessage.enabled'
          },
          {
            path: 'broadcastMessage.level',
            label: 'Kind',
            control: 'choice',
            needs: 'broadcastMessage.enabled',
            choices: [
              { value: 'info', label: 'Information' },
              { value: 'warning', label: 'Warning' },
              { value: 'error', label: 'Trouble' }
            ]
          },
          check(
            'broadcastMessage.dismissable',
            'Visitors can close it',
            undefined,
            'broadcastMessage.enabled'
          )
        ]
      },
      {
        title: 'New videos',
        hint: 'What the form of a new video begins with.',
        settings: [
          { path: 'defaults.publish.privacy', label: 'Who can watch', control: 'privacy' },
          { path: 'defaults.publish.licence', label: 'Licence', control: 'licence' },
          {
            path: 'defaults.publish.commentsPolicy',
            label: 'Comments',
            control: 'numberChoice',
            choices: commentsPolicies
          },
          check('defaults.publish.downloadEnabled', 'Viewers may download it'),
          check(
            'autoBlacklist.videos.ofUsers.enabled',
            'Videos of users wait until a moderator has looked at them'
          )
        ]
      },
      {
        title: 'Search and federation',
        settings: [
          check('search.remoteUri.users', 'Users can look up videos of other servers by their address'),
          check('search.remoteUri.anonymous', 'Visitors can look them up too'),
          check('followers.instance.enabled', 'Other servers can follow this one'),
          check(
            'followers.instance.manualApproval',
            'Somebody has to approve them',
            undefined,
            'followers.instance.enabled'
          ),
          check('followings.instance.autoFollowBack.enabled', 'Follow servers that follow this one')
        ]
      }
    ]
  },
  {
    id: 'users',
    title: 'Users and sign-up',
    cards: [
      {
        title: 'Sign-up',
        settings: [
          check('signup.enabled', 'Visitors can create an account'),
          check('signup.requiresApproval', 'A moderator has to approve it', undefined, 'signup.enabled'),
          check(
            'signup.requiresEmailVerification',
            'The e-mail address has to be confirmed',
            'Needs e-mail to be set up.',
            'signup.enabled'
          ),
          {
            path: 'signup.limit',
            label: 'Most users',
            hint: 'No further sign-ups above this number; -1 for no limit.',
            control: 'number',
            min: -1,
            needs: 'signup.enabled'
          },
          {
            path: 'signup.minimumAge',
            label: 'Least age in years',
            control: 'number',
            min: 1,
            needs: 'signup.enabled'
          }
        ]
      },
      {
        title: 'New users',
        settings: [
          { path: 'user.videoQuota', label: 'Storage for videos', control: 'quota' },
          { path: 'user.videoQuotaDaily', label: 'Upload per day', control: 'quota' },
          text('user.defaultChannelName', 'Name of the first channel', '$1 stands for the user name.'),
          check('user.history.videos.enabled', 'Keep a watch history')
        ]
      },
      {
        title: 'Channels',
        settings: [
          { path: 'videoChannels.maxPerUser', label: 'Most channels of a user', control: 'number', min: 1 }
        ]
      },
      {
        title: 'Import and export',
        settings: [
          check('import.videos.http.enabled', 'Users can import videos from an address'),
          check('import.videos.torrent.enabled', 'Users can import videos from a torrent'),
          check('import.users.enabled', 'Users can import an archive of another server'),
          check('export.users.enabled', 'Users can export an archive of all they have')
        ]
      }
    ]
  },
  {
    id: 'vod',
    title: 'Transcoding',
    cards: [
      {
        title: 'Transcoding',
        hint: 'Uploads become files of several qualities that every browser can play.',
        settings: [
          check(
            'transcoding.enabled',
            'Transcode uploads',
            'Without it videos are served as they were uploaded.'
          ),
          check(
            'transcoding.originalFile.keep',
            'Keep the original file',
            'It can be downloaded by its owner, and it needs room.'
          ),
          check(
            'transcoding.allowAdditionalExtensions',
            'Take more kinds of files',
            '.mkv, .mov, .avi, .wmv, .flv and others.',
            'transcoding.enabled'
          ),
          check(
            'transcoding.allowAudioFiles',
            'Take audio files',
            'They become videos with a still picture.',
            'transcoding.enabled'
          ),
          check('videoFile.update.enabled', 'Users can replace the file of a video')
        ]
      },
      {
        title: 'Kinds of files',
        settings: [
          check(
            'transcoding.hls.enabled',
            'HLS',
            'Streaming that changes the quality by itself and shares parts among viewers.',
            'transcoding.enabled'
          ),
          check(
            'transcoding.hls.splitAudioAndVideo',
            'One audio file for all qualities',
            'Needs less room.',
            'transcoding.hls.enabled'
          ),
          check(
            'transcoding.webVideos.enabled',
            'Web videos',
            'One whole file per quality, for downloads and old players. Needs as much room as HLS again.',
            'transcoding.enabled'
          )
        ]
      },
      {
        title: 'Qualities',
        settings: [
          {
            path: 'transcoding.resolutions',
            label: 'Qualities of new videos',
            control: 'switches',
            needs: 'transcoding.enabled'
          },
          check(
            'transcoding.alwaysTranscodeOriginalResolution',
            'Keep the quality of the original too',
            undefined,
            'transcoding.enabled'
          ),
          {
            path: 'transcoding.fps.max',
            label: 'Most frames per second',
            control: 'number',
            min: 1,
            needs: 'transcoding.enabled'
          }
        ]
      },
      {
        title: 'Work',
        settings: [
          {
            path: 'transcoding.concurrency',
            label: 'Jobs at once',
            control: 'number',
            min: 1,
            needs: 'transcoding.enabled'
          },
          {
            path: 'transcoding.threads',
            label: 'Threads of each job',
            hint: '0 leaves it to ffmpeg.',
            control: 'number',
            min: 0,
            needs: 'transcoding.enabled'
          },
          check(
            'transcoding.remoteRunners.enabled',
            'Leave the work to remote runners',
            undefined,
            'transcoding.enabled'
          ),
          check('storyboards.enabled', 'Make pictures for the time line')
        ]
      }
    ]
  },
  {
    id: 'advanced',
    title: 'Advanced',
    cards: [
      {
        title: 'Custom code',
        hint: 'Runs in the browser of everybody who visits this server. Wrong code can break the pages; they are mended by emptying these fields.',
        settings: [
          { path: 'instance.customizations.css', label: 'CSS', control: 'code' },
          { path: 'instance.customizations.javascript', label: 'JavaScript', control: 'code' }
        ]
      },
      {
        title: 'Caches',
        hint: 'Numbers of files of other servers that are kept.',
        settings: [
          { path: 'cache.previews.size', label: 'Thumbnails', control: 'number', min: 1 },
          { path: 'cache.captions.size', label: 'Captions', control: 'number', min: 1 },
          { path: 'cache.torrents.size', label: 'Torrents', control: 'number', min: 1 },
          { path: 'cache.storyboards.size', label: 'Storyboards', control: 'number', min: 1 }
        ]
      },
      {
        title: 'Links in social networks',
        settings: [text('services.twitter.username', 'Account named in cards of X')]
      }
    ]
  }
]
