import type { User } from '../api/types'

/** PeerTube's user rights that this client asks for, by their numbers. */
export const Right = {
  ManageUsers: 1,
  ManageLogs: 3,
  ManageDebug: 4,
  ManageAbuses: 6,
  ManageJobs: 7,
  ManageConfiguration: 8,
  ManageCustomPage: 9,
  RemoveAnyVideo: 14,
  ManageAnyVideoComment: 16,
  UpdateAnyVideo: 17,
  SeeAllVideos: 20,
  SeeAllComments: 21,
  ManageVideoFiles: 25,
  RunVideoTranscoding: 26
} as const

export type RightId = (typeof Right)[keyof typeof Right]

/** PeerTube's roles. */
export const Role = { Administrator: 0, Moderator: 1, User: 2 } as const

/** Of the rights above, those of moderators; administrators hold all, users none. */
const ofModerators: readonly RightId[] = [
  Right.ManageUsers,
  Right.ManageAbuses,
  Right.RemoveAnyVideo,
  Right.UpdateAnyVideo,
  Right.SeeAllVideos,
  Right.ManageAnyVideoComment,
  Right.SeeAllComments
]

export function hasRight(user: Pick<User, 'role'> | null, right: RightId): boolean {
  if (!user) return false
  if (user.role.id === Role.Administrator) return true
  return user.role.id === Role.Moderator && ofModerators.includes(right)
}
