package catalogtest

import (
	"time"

	"vidilog/domain/kernel"
	"vidilog/domain/video"
)

// beside is what an author adds to a video later: captions, chapters, a date.
func (m *maker) beside(at time.Time) []kernel.Event {
	caption := video.Caption{Language: "en", FileName: m.fileName("caption", 1) + "-en.vtt"}
	french := video.Caption{Language: "fr", FileName: m.fileName("caption", 2) + "-fr.vtt", Generated: true}
	chapters := []video.Chapter{{Title: "Beginning"}, {Timecode: 10, Title: "End"}}
	scheduled := m.attributes()
	scheduled.Schedule = &video.Schedule{At: at.Add(time.Hour), Privacy: video.Public}
	events := []kernel.Event{
		video.CaptionSet{VideoID: m.id, Caption: caption},
		video.CaptionSet{VideoID: m.id, Caption: french},
		video.ChaptersSet{VideoID: m.id, Chapters: chapters},
	}
	switch m.number % 3 {
	case 0:
		events = append(events, video.CaptionRemoved{VideoID: m.id, Language: "fr", FileName: french.FileName})
	case 1:
		events = append(events, video.ChaptersSet{VideoID: m.id})
	default:
		events = append(events, video.Updated{VideoID: m.id, ChannelID: m.owner.channel, Attributes: scheduled})
	}
	return events
}
