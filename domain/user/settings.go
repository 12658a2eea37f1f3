package user

import (
	"reflect"
	"slices"

	"vidilog/domain/kernel"
)

// Policies for sensitive videos, PeerTube's names.
const (
	DoNotList = "do_not_list"
	Blur      = "blur"
	Warn      = "warn" // since 7.2
	Display   = "display"
)

// DefaultTheme is the theme of whoever has chosen none: the instance's.
const DefaultTheme = "instance-default"

// maxLanguages is PeerTube's (USERS.VIDEO_LANGUAGES).
const maxLanguages = 500

// Settings are what a person has chosen for using the site.
type Settings struct {
	// NSFWPolicy is what happens with sensitive videos.
	NSFWPolicy string `json:"nsfwPolicy"`
	// The flags choose another policy for kinds of sensitive videos; bits as PeerTube's (NSFWFlag), since 7.2.
	NSFWFlagsDisplayed int `json:"nsfwFlagsDisplayed"`
	NSFWFlagsHidden    int `json:"nsfwFlagsHidden"`
	NSFWFlagsWarned    int `json:"nsfwFlagsWarned"`
	NSFWFlagsBlurred   int `json:"nsfwFlagsBlurred"`

	P2PEnabled           bool `json:"p2pEnabled"`
	VideosHistoryEnabled bool `json:"videosHistoryEnabled"`
	AutoPlayVideo        bool `json:"autoPlayVideo"`
	AutoPlayNextVideo    bool `json:"autoPlayNextVideo"`
	AutoPlayNextPlaylist bool `json:"autoPlayNextPlaylist"`
	EmailPublic          bool `json:"emailPublic"`
	// VideoLanguages are those that lists show; nil for all.
	VideoLanguages []string `json:"videoLanguages,omitempty"`
	// Language of the interface; nil for the browser's.
	Language *string `json:"language,omitempty"`
	Theme    string  `json:"theme"`
	// What need not be said again.
	NoInstanceConfigWarning bool `json:"noInstanceConfigWarning"`
	NoWelcome               bool `json:"noWelcome"`
	NoAccountSetupWarning   bool `json:"noAccountSetupWarning"`
	// NewFeaturesRead are bits of PeerTube's notes on new features that were read, since 8.0.
	NewFeaturesRead int `json:"newFeaturesRead"`
}

// checked answers the settings with what must not be empty filled in, or CodeInvalid.
func (s Settings) checked() (Settings, error) {
	if s.NSFWPolicy == "" {
		s.NSFWPolicy = DoNotList
	}
	if s.Theme == "" {
		s.Theme = DefaultTheme
	}
	if !slices.Contains([]string{DoNotList, Blur, Warn, Display}, s.NSFWPolicy) {
		return s, kernel.Invalid("nsfwPolicy", "%q is none of do_not_list, blur, warn, display", s.NSFWPolicy)
	}
	if len(s.VideoLanguages) > maxLanguages {
		return s, kernel.Invalid("videoLanguages", "must be at most %d languages", maxLanguages)
	}
	for _, flags := range []int{s.NSFWFlagsDisplayed, s.NSFWFlagsHidden, s.NSFWFlagsWarned, s.NSFWFlagsBlurred} {
		if flags < 0 {
			return s, kernel.Invalid("nsfwFlagsDisplayed", "must be flags")
		}
	}
	return s, nil
}

func (s Settings) isSame(other Settings) bool { return reflect.DeepEqual(s, other) }

// ChangeSettings replaces what a person has chosen.
type ChangeSettings struct{ Settings Settings }

// SettingsChanged records what a person has chosen now.
type SettingsChanged struct {
	UserID   kernel.UserID `json:"userId"`
	Settings Settings      `json:"settings"`
}

// EventType is the literal id in the log.
func (SettingsChanged) EventType() string { return "user.settings-changed" }

// Decide answers SettingsChanged, nothing when all is so already, CodeInvalid or CodeNotFound.
func (c ChangeSettings) Decide(u User) ([]kernel.Event, error) {
	if err := u.mustExist(); err != nil {
		return nil, err
	}
	settings, err := c.Settings.checked()
	if err != nil || settings.isSame(u.Settings) {
		return nil, err
	}
	return []kernel.Event{SettingsChanged{UserID: u.ID, Settings: settings}}, nil
}
