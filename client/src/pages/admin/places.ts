import type { RightId } from '../../state/rights'
import { Right } from '../../state/rights'

export interface Place {
  path: string
  label: string
  right: RightId
}

/** The pages of the administration, by the words of the menu. */
export const groups: { title: string; places: Place[] }[] = [
  {
    title: 'Overview',
    places: [
      { path: '/admin/overview/users', label: 'Users', right: Right.ManageUsers },
      { path: '/admin/overview/videos', label: 'Videos', right: Right.SeeAllVideos },
      { path: '/admin/overview/comments', label: 'Comments', right: Right.SeeAllComments }
    ]
  },
  {
    title: 'Moderation',
    places: [{ path: '/admin/moderation/abuses', label: 'Reports', right: Right.ManageAbuses }]
  },
  {
    title: 'Settings',
    places: [
      { path: '/admin/settings/config/information', label: 'Information', right: Right.ManageConfiguration },
      { path: '/admin/settings/config/homepage', label: 'Homepage', right: Right.ManageCustomPage },
      { path: '/admin/settings/config/logo', label: 'Pictures', right: Right.ManageConfiguration },
      { path: '/admin/settings/config/general', label: 'General', right: Right.ManageConfiguration },
      { path: '/admin/settings/config/users', label: 'Users and sign-up', right: Right.ManageConfiguration },
      { path: '/admin/settings/config/vod', label: 'Transcoding', right: Right.ManageConfiguration },
      { path: '/admin/settings/config/advanced', label: 'Advanced', right: Right.ManageConfiguration }
    ]
  },
  {
    title: 'System',
    places: [
      { path: '/admin/system/jobs', label: 'Jobs', right: Right.ManageJobs },
      { path: '/admin/system/logs', label: 'Logs', right: Right.ManageLogs },
      { path: '/admin/system/debug', label: 'Debug', right: Right.ManageDebug }
    ]
  }
]
