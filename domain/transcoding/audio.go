package transcoding

// MaxAudioBitrate is the most that an audio stream may have, in bits per second; AAC up to it is copied.
const MaxAudioBitrate = 384_000

// AudioTreatment says what happens to the sound of a source that has any. The zero value encodes as the encoder likes.
type AudioTreatment struct {
	// Copy passes the stream through unchanged.
	Copy bool `json:"copy,omitzero"`
	// Bitrate to encode AAC with, in bits per second; 0 leaves it to the encoder.
	Bitrate int64 `json:"bitrate,omitzero"`
}

// Treatment decides whether the stream is copied or encoded, and with how much.
//
// AAC is copied when its bitrate is known and not above MaxAudioBitrate and its channel layout is one that browsers play:
// HLS in Chrome fails on "quad" and on unknown layouts. Other codecs need more bits than AAC for the same sound, so they
// are brought down a step; a stream of unknown bitrate gets 256 kb/s.
func (a AudioStream) Treatment() AudioTreatment {
	switch {
	case a.Codec == "":
		return AudioTreatment{}
	case a.copyable():
		return AudioTreatment{Copy: true}
	case a.Bitrate <= 0:
		return AudioTreatment{Bitrate: 256_000}
	case a.Codec == "aac" && a.Bitrate <= MaxAudioBitrate:
		return AudioTreatment{} // only the layout is wrong: the encoder's own choice for stereo does
	case a.Codec == "aac":
		return AudioTreatment{Bitrate: MaxAudioBitrate}
	case a.Bitrate <= 192_000:
		return AudioTreatment{Bitrate: 128_000}
	case a.Bitrate <= 384_000:
		return AudioTreatment{Bitrate: 256_000}
	default:
		return AudioTreatment{Bitrate: MaxAudioBitrate}
	}
}

func (a AudioStream) copyable() bool {
	return a.Codec == "aac" && a.Bitrate > 0 && a.Bitrate <= MaxAudioBitrate &&
		a.Layout != "" && a.Layout != "unknown" && a.Layout != "quad"
}
