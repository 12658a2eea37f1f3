package user

// Role is what a user may do; the numbers are PeerTube's (UserRole).
type Role int

// The three roles of PeerTube.
const (
	Administrator Role = 0
	Moderator     Role = 1
	Ordinary      Role = 2
)

// Label is the English name PeerTube's API gives the role.
func (r Role) Label() string {
	switch r {
	case Administrator:
		return "Administrator"
	case Moderator:
		return "Moderator"
	case Ordinary:
		return "User"
	}
	return "Unknown"
}

// IsKnown says that the number is one of the three roles.
func (r Role) IsKnown() bool { return r >= Administrator && r <= Ordinary }

// Right is one thing beyond one's own content that a role may allow; the numbers are PeerTube's (UserRight).
type Right int

// The rights of PeerTube, in its numbering.
const (
	RightAll                     Right = 0
	RightManageUsers             Right = 1
	RightManageServerFollow      Right = 2
	RightManageLogs              Right = 3
	RightManageDebug             Right = 4
	RightManageRedundancy        Right = 5
	RightManageAbuses            Right = 6
	RightManageJobs              Right = 7
	RightManageConfiguration     Right = 8
	RightManageCustomPage        Right = 9
	RightManageAccountsBlocklist Right = 10
	RightManageServersBlocklist  Right = 11
	RightManageVideoBlacklist    Right = 12
	RightManageAnyChannel        Right = 13
	RightRemoveAnyVideo          Right = 14
	RightRemoveAnyPlaylist       Right = 15
	RightManageAnyComment        Right = 16
	RightUpdateAnyVideo          Right = 17
	RightUpdateAnyPlaylist       Right = 18
	RightGetAnyLive              Right = 19
	RightSeeAllVideos            Right = 20
	RightSeeAllComments          Right = 21
	RightChangeVideoOwnership    Right = 22
	RightManagePlugins           Right = 23
	RightManageRedundancies      Right = 24
	RightManageVideoFiles        Right = 25
	RightRunTranscoding          Right = 26
	RightManageImports           Right = 27
	RightManageRegistrations     Right = 28
	RightManageRunners           Right = 29
	RightManageUserExports       Right = 30
	RightManageUserImports       Right = 31
	RightManageWatchedWords      Right = 32
	RightManageAutoTags          Right = 33
)

// moderatorRights are the rights PeerTube gives moderators; administrators hold all, ordinary users none.
var moderatorRights = map[Right]bool{
	RightManageUsers: true, RightManageAbuses: true, RightManageAccountsBlocklist: true, RightManageServersBlocklist: true,
	RightManageVideoBlacklist: true, RightManageAnyChannel: true, RightRemoveAnyVideo: true, RightRemoveAnyPlaylist: true,
	RightManageAnyComment: true, RightUpdateAnyVideo: true, RightSeeAllVideos: true, RightSeeAllComments: true,
	RightManageRegistrations: true, RightManageWatchedWords: true, RightManageAutoTags: true,
}

// Has says whether the role includes the right.
func (r Role) Has(right Right) bool {
	switch r {
	case Administrator:
		return true
	case Moderator:
		return moderatorRights[right]
	case Ordinary:
		return false
	}
	return false
}
