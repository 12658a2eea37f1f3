package shape

import (
	"bytes"
	"encoding/json"
	"strconv"

	"vidilog/domain/transcoding"
)

// label is one entry of a vocabulary.
type label struct{ id, text string }

// labels are a vocabulary in the order its list endpoint answers.
type labels []label

// MarshalJSON writes an object whose members keep the order, as PeerTube's lists do.
func (l labels) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, entry := range l {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(strconv.Quote(entry.id))
		b.WriteByte(':')
		text, err := json.Marshal(entry.text)
		if err != nil {
			return nil, err
		}
		b.Write(text)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

func (l labels) find(id string) (string, bool) {
	for _, entry := range l {
		if entry.id == id {
			return entry.text, true
		}
	}
	return "", false
}

var categories = labels{
	{"1", "Music"},
	{"2", "Films"},
	{"3", "Vehicles"},
	{"4", "Art"},
	{"5", "Sports"},
	{"6", "Travels"},
	{"7", "Gaming"},
	{"8", "People"},
	{"9", "Comedy"},
	{"10", "Entertainment"},
	{"11", "News & Politics"},
	{"12", "How To"},
	{"13", "Education"},
	{"14", "Activism"},
	{"15", "Science & Technology"},
	{"16", "Animals"},
	{"17", "Kids"},
	{"18", "Food"},
}

var licences = labels{
	{"1", "Attribution"},
	{"2", "Attribution - Share Alike"},
	{"3", "Attribution - No Derivatives"},
	{"4", "Attribution - Non Commercial"},
	{"5", "Attribution - Non Commercial - Share Alike"},
	{"6", "Attribution - Non Commercial - No Derivatives"},
	{"7", "Public Domain Dedication"},
	{"8", "Free of known copyright restrictions"},
	{"9", "All Rights Reserved"},
}

var privacies = labels{
	{"1", "Public"}, {"2", "Unlisted"}, {"3", "Private"}, {"4", "Internal"}, {"5", "Password protected"},
}

var states = labels{
	{"1", "Published"},
	{"2", "To transcode"},
	{"3", "To import"},
	{"4", "Waiting for livestream"},
	{"5", "Livestream ended"},
	{"6", "To move to an external storage"},
	{"7", "Transcoding failed"},
	{"8", "External storage move failed"},
	{"9", "To edit"},
	{"10", "To move to file system"},
	{"11", "Move to file system failed"},
	{"12", "Import failed"},
}

var commentsPolicies = labels{{"1", "Enabled"}, {"2", "Disabled"}, {"3", "Requires approval"}}

// Categories, Licences, Languages and Privacies are the vocabularies that clients offer to choose from, as JSON objects
// {id: label}.
func Categories() json.Marshaler { return categories }

// Licences is the list of licences.
func Licences() json.Marshaler { return licences }

// Languages is the list of languages.
func Languages() json.Marshaler { return languages }

// Privacies is the list of privacies.
func Privacies() json.Marshaler { return privacies }

// KnowsLanguage says that a code is one of the languages.
func KnowsLanguage(code string) bool { _, known := languages.find(code); return known }

// Constant is PeerTube's {id, label}.
type Constant struct {
	ID    any    `json:"id"`
	Label string `json:"label"`
}

// numbered answers the constant of a number; none and unknown ones are {null, "Unknown"}.
func numbered(l labels, id *int) Constant {
	if id == nil {
		return Constant{Label: "Unknown"}
	}
	text, known := l.find(strconv.Itoa(*id))
	if !known {
		text = "Unknown"
	}
	return Constant{ID: *id, Label: text}
}

func language(code *string) Constant {
	if code == nil {
		return Constant{Label: "Unknown"}
	}
	text, known := languages.find(*code)
	if !known {
		text = "Unknown"
	}
	return Constant{ID: *code, Label: text}
}

// Language is the constant of a language.
func Language(code string) Constant { return language(&code) }

// State is the constant of a video state.
func State(id int) Constant { return numbered(states, &id) }

// Resolution is the constant of a resolution of a picture of this size in pixels: "720p", "Audio only". Width and height are 0 where
// they are not known. The frame rate is no part of it: PeerTube's clients put it behind the label themselves.
func Resolution(resolution, width, height int) Constant {
	return Constant{ID: resolution, Label: transcoding.Resolution(resolution).Label(width, height)}
}

var jobStates = labels{
	{"1", "Pending"},
	{"2", "Processing"},
	{"3", "Completed"},
	{"4", "Errored"},
	{"5", "Waiting for parent job to finish"},
	{"6", "Cancelled"},
	{"7", "Parent job failed"},
	{"8", "Parent job cancelled"},
	{"9", "Completing"},
}

// JobState is the constant of a media job's state.
func JobState(id int) Constant { return numbered(jobStates, &id) }

// CategoryName is the English name of a category.
func CategoryName(id int) string { return numbered(categories, &id).Label }

// LicenceName is the English name of a licence.
func LicenceName(id int) string { return numbered(licences, &id).Label }

// LanguageName is the English name of a language.
func LanguageName(code string) string { return language(&code).Label }
