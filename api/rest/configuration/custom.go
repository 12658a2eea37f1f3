package configuration

import (
	"strconv"
	"strings"
)

// customKeys are what an administrator may change while the server runs, as paths in the configuration files: PeerTube's
// CustomConfig of 6.3. A client that sends others changes nothing with them.
var customKeys = strings.Fields(`
instance.name instance.short_description instance.description instance.terms instance.code_of_conduct instance.creation_reason
instance.moderation_information instance.administrator instance.maintenance_lifetime instance.business_model
instance.hardware_information instance.languages instance.categories instance.is_nsfw instance.default_nsfw_policy
instance.default_client_route instance.customizations.css instance.customizations.javascript
theme.default services.twitter.username
client.videos.miniature.prefer_author_display_name client.menu.login.redirect_on_single_external_auth
cache.previews.size cache.captions.size cache.torrents.size cache.storyboards.size
signup.enabled signup.limit signup.requires_approval signup.requires_email_verification signup.minimum_age
admin.email contact_form.enabled
user.history.videos.enabled user.video_quota user.video_quota_daily user.default_channel_name video_channels.max_per_user
transcoding.enabled transcoding.original_file.keep transcoding.remote_runners.enabled transcoding.allow_additional_extensions
transcoding.allow_audio_files transcoding.threads transcoding.concurrency transcoding.profile
transcoding.always_transcode_original_resolution transcoding.fps.max transcoding.web_videos.enabled transcoding.hls.enabled
transcoding.hls.split_audio_and_video
live.enabled live.allow_replay live.latency_setting.enabled live.max_duration live.max_instance_lives live.max_user_lives
live.transcoding.enabled live.transcoding.remote_runners.enabled live.transcoding.threads live.transcoding.profile
live.transcoding.always_transcode_original_resolution live.transcoding.fps.max
video_studio.enabled video_studio.remote_runners.enabled video_transcription.enabled video_transcription.remote_runners.enabled
video_file.update.enabled
import.videos.concurrency import.videos.http.enabled import.videos.torrent.enabled
import.video_channel_synchronization.enabled import.video_channel_synchronization.max_per_user import.users.enabled
export.users.enabled export.users.export_expiration export.users.max_user_video_quota
trending.videos.algorithms.enabled trending.videos.algorithms.default auto_blacklist.videos.of_users.enabled
followers.instance.enabled followers.instance.manual_approval
followings.instance.auto_follow_back.enabled followings.instance.auto_follow_index.enabled
followings.instance.auto_follow_index.index_url
broadcast_message.enabled broadcast_message.message broadcast_message.level broadcast_message.dismissable
search.remote_uri.users search.remote_uri.anonymous
search.search_index.enabled search.search_index.url search.search_index.disable_local_search search.search_index.is_default_search
storyboards.enabled`)

// resolutionKeys are those of the two sections that have resolutions.
var resolutionKeys = strings.Fields("0p 144p 240p 360p 480p 720p 1080p 1440p 2160p")

func init() {
	for _, section := range []string{"transcoding.resolutions.", "live.transcoding.resolutions."} {
		for _, key := range resolutionKeys {
			customKeys = append(customKeys, section+key)
		}
	}
}

// customOf answers the keys that may be changed, out of a configuration in the shape of the files, in PeerTube's.
func customOf(files object) object {
	answer := object{}
	for _, path := range customKeys {
		if value, found := lookUp(files, path); found {
			put(answer, inJSON(path), value)
		}
	}
	return answer
}

// changesOf answers what a body in PeerTube's shape changes, in the shape of the files. Texts that are numbers become numbers, as
// in PeerTube, for forms send texts.
func changesOf(body object) object {
	changes := object{}
	for _, path := range customKeys {
		if value, found := lookUp(body, inJSON(path)); found {
			put(changes, path, number(value))
		}
	}
	return changes
}

func number(value any) any {
	text, isText := value.(string)
	if !isText {
		return value
	}
	if n, err := strconv.Atoi(text); err == nil {
		return n
	}
	return value
}

// inJSON is a path of the files as PeerTube's API writes it: default_nsfw_policy is defaultNSFWPolicy there.
func inJSON(path string) string {
	var b strings.Builder
	for i, word := range strings.Split(path, "_") {
		switch {
		case word == "nsfw":
			b.WriteString("NSFW")
		case i == 0:
			b.WriteString(word)
		default:
			b.WriteString(strings.ToUpper(word[:1]) + word[1:])
		}
	}
	return b.String()
}

func lookUp(tree object, path string) (value any, found bool) {
	for {
		key, rest, isDeeper := strings.Cut(path, ".")
		value, found = tree[key]
		if !isDeeper || !found {
			return value, found
		}
		if tree, found = value.(object); !found {
			return nil, false
		}
		path = rest
	}
}

func put(tree object, path string, value any) {
	for {
		key, rest, isDeeper := strings.Cut(path, ".")
		if !isDeeper {
			tree[key] = value
			return
		}
		section, isSection := tree[key].(object)
		if !isSection {
			section = object{}
			tree[key] = section
		}
		tree, path = section, rest
	}
}
