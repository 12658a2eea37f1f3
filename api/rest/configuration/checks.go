package configuration

import (
	"errors"
	"math"
	"net/mail"
	"slices"
	"strconv"
	"strings"

	"vidilog/domain/kernel"
)

// rule says whether a value may stand; isGiven is false for a member that is not there.
type rule func(value any, isGiven bool) bool

// rules are PeerTube's for PUT /config/custom, by path in its API.
var rules = func() map[string]rule {
	all := map[string]rule{
		"instance.defaultNSFWPolicy": oneOf("do_not_list", "blur", "display"), "admin.email": isEmail,
		"user.videoQuota": wholeFrom(-1), "user.videoQuotaDaily": wholeFrom(-1),
		"transcoding.concurrency": wholeFrom(1), "import.videos.concurrency": wholeFrom(0),
		"theme.default": oneOf("default"),
	}
	for kind, paths := range map[*rule]string{
		&isGiven: `instance.name instance.shortDescription instance.description instance.terms instance.defaultClientRoute
			instance.customizations.css instance.customizations.javascript services.twitter.username export.users.maxUserVideoQuota
			export.users.exportExpiration trending.videos.algorithms.default trending.videos.algorithms.enabled
			broadcastMessage.message broadcastMessage.level search.searchIndex.url`,
		&isWhole: `cache.previews.size cache.captions.size cache.torrents.size cache.storyboards.size signup.limit signup.minimumAge
			videoChannels.maxPerUser transcoding.threads live.maxDuration live.transcoding.threads`,
		&isWholeOrNull: `transcoding.fps.max live.maxInstanceLives live.maxUserLives live.transcoding.fps.max`,
		&isBoolean: `signup.enabled signup.requiresEmailVerification signup.requiresApproval contactForm.enabled
			user.history.videos.enabled transcoding.enabled transcoding.originalFile.keep transcoding.allowAdditionalExtensions
			transcoding.remoteRunners.enabled transcoding.alwaysTranscodeOriginalResolution transcoding.webVideos.enabled
			transcoding.hls.enabled transcoding.resolutions.0p videoStudio.enabled videoStudio.remoteRunners.enabled
			videoFile.update.enabled import.videos.http.enabled import.videos.torrent.enabled
			import.videoChannelSynchronization.enabled import.users.enabled export.users.enabled followers.instance.enabled
			followers.instance.manualApproval broadcastMessage.enabled broadcastMessage.dismissable live.enabled live.allowReplay
			live.transcoding.enabled live.transcoding.alwaysTranscodeOriginalResolution live.transcoding.remoteRunners.enabled
			search.remoteUri.users search.remoteUri.anonymous search.searchIndex.enabled search.searchIndex.disableLocalSearch
			search.searchIndex.isDefaultSearch`,
	} {
		for _, path := range strings.Fields(paths) {
			all[path] = *kind
		}
	}
	for _, key := range resolutionKeys[1:] {
		all["transcoding.resolutions."+key], all["live.transcoding.resolutions."+key] = isBoolean, isBoolean
	}
	return all
}()

var (
	isGiven rule = func(_ any, given bool) bool { return given }
	isWhole rule = func(value any, _ bool) bool { _, ok := whole(value); return ok }

	isWholeOrNull rule = func(value any, given bool) bool { return given && value == nil || isWhole(value, given) }

	isBoolean rule = func(value any, _ bool) bool {
		return slices.Contains([]any{true, false, "true", "false", "0", "1"}, value)
	}

	isEmail rule = func(value any, _ bool) bool {
		text, _ := value.(string)
		parsed, err := mail.ParseAddress(text)
		return err == nil && parsed.Address == text
	}
)

func oneOf(words ...string) rule {
	return func(value any, _ bool) bool { text, _ := value.(string); return slices.Contains(words, text) }
}

func wholeFrom(least int) rule {
	return func(value any, _ bool) bool { n, ok := whole(value); return ok && n >= least }
}

func whole(value any) (int, bool) {
	switch v := value.(type) {
	case float64:
		return int(v), v == math.Trunc(v) && math.Abs(v) < 1<<53
	case string:
		n, err := strconv.Atoi(v)
		return n, err == nil
	}
	return 0, false
}

// check answers everything that is wrong with a body, each under its own name; what is wrong only together comes after.
func check(body object, hasMail bool) error {
	var wrong []error
	for path, holds := range rules {
		if value, given := lookUp(body, path); !holds(value, given) {
			refusal := kernel.Invalid(path, "Invalid value")
			refusal.Data = map[string]any{"value": value}
			wrong = append(wrong, refusal)
		}
	}
	if len(wrong) > 0 {
		slices.SortFunc(wrong, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
		return errors.Join(wrong...)
	}
	return checkTogether(func(path string) bool { value, _ := lookUp(body, path); return value == true || value == "true" }, hasMail)
}

// checkTogether refuses what cannot work together, with PeerTube's sentences.
func checkTogether(on func(path string) bool, hasMail bool) error {
	switch {
	case !hasMail && on("signup.requiresEmailVerification"):
		return kernel.Refuse(kernel.CodeInvalid, "SMTP is not configured but you require signup email verification.")
	case on("transcoding.enabled") && !on("transcoding.webVideos.enabled") && !on("transcoding.hls.enabled"):
		return kernel.Refuse(kernel.CodeInvalid, "You need to enable at least web_videos transcoding or hls transcoding")
	case on("import.videoChannelSynchronization.enabled") && !on("import.videos.http.enabled"):
		return kernel.Refuse(kernel.CodeInvalid, "You need to enable HTTP video import in order to enable channel synchronization")
	case on("live.enabled") && on("live.allowReplay") && !on("transcoding.enabled"):
		return kernel.Refuse(kernel.CodeInvalid, "You cannot allow live replay if transcoding is not enabled")
	case on("videoStudio.enabled") && !on("transcoding.enabled"):
		return kernel.Refuse(kernel.CodeInvalid, "You cannot enable video studio if transcoding is not enabled")
	}
	return nil
}
