package vocab

import "encoding/json"

// base is what every context begins with.
const base = `"https://www.w3.org/ns/activitystreams","https://w3id.org/security/v1",` +
	`{"RsaSignature2017":"https://w3id.org/security#RsaSignature2017"}`

// The contexts of 6.3, by what is in a document. Receivers take a document apart by its context alone: a word that is missing
// here makes the whole document unreadable to them, so the terms and their order are PeerTube's.
var (
	// Plain is for collections, announces, rates, follows.
	Plain = json.RawMessage(`[` + base + `]`)

	// ActorContext is for accounts, channels and the instance.
	ActorContext = extended(`"playlists":{"@id":"pt:playlists","@type":"@id"},"support":{"@type":"sc:Text","@id":"pt:support"},` +
		`"lemmy":"https://join-lemmy.org/ns#","postingRestrictedToMods":"lemmy:postingRestrictedToMods","icons":"as:icon"`)

	// VideoContext is for videos and what carries them.
	VideoContext = extended(`"Hashtag":"as:Hashtag","category":"sc:category","licence":"sc:license",` +
		`"subtitleLanguage":"sc:subtitleLanguage","automaticallyGenerated":"pt:automaticallyGenerated","sensitive":"as:sensitive",` +
		`"language":"sc:inLanguage","identifier":"sc:identifier","isLiveBroadcast":"sc:isLiveBroadcast",` +
		flag("liveSaveReplay") + flag("permanentLive") + number("latencyMode") + `"Infohash":"pt:Infohash",` +
		number("tileWidth") + number("tileHeight") + number("tileDuration") +
		`"aspectRatio":{"@type":"sc:Float","@id":"pt:aspectRatio"},"uuid":{"@type":"sc:identifier","@id":"pt:uuid"},` +
		`"originallyPublishedAt":"sc:datePublished","uploadDate":"sc:uploadDate","hasParts":"sc:hasParts",` +
		number("views") + number("state") + number("size") + number("fps") + flag("commentsEnabled") + `"canReply":"pt:canReply",` +
		number("commentsPolicy") + flag("downloadEnabled") + flag("waitTranscoding") +
		`"support":{"@type":"sc:Text","@id":"pt:support"},` + link("likes") + link("dislikes") + link("shares") + link("comments") +
		`"PropertyValue":"sc:PropertyValue","value":"sc:value"`)

	// ChaptersContext is for the chapters of a video.
	ChaptersContext = extended(`"hasPart":"sc:hasPart","endOffset":"sc:endOffset","startOffset":"sc:startOffset"`)

	// CommentContext is for notes.
	CommentContext = extended(`"replyApproval":"pt:replyApproval"`)

	// ApproveReplyContext is for approvals of notes.
	ApproveReplyContext = extended(`"ApproveReply":"pt:ApproveReply"`)

	// PlaylistContext is for playlists and their elements.
	PlaylistContext = extended(`"Playlist":"pt:Playlist","PlaylistElement":"pt:PlaylistElement",` +
		number("position") + number("startTimestamp") + number("stopTimestamp") + `"uuid":{"@type":"sc:identifier","@id":"pt:uuid"}`)
)

func extended(terms string) json.RawMessage {
	return json.RawMessage(`[` + base + `,{"pt":"https://joinpeertube.org/ns#","sc":"http://schema.org/",` + terms + `}]`)
}

func flag(name string) string   { return typed(name, "sc:Boolean") }
func number(name string) string { return typed(name, "sc:Number") }

func typed(name, kind string) string {
	return `"` + name + `":{"@type":"` + kind + `","@id":"pt:` + name + `"},`
}

func link(name string) string { return `"` + name + `":{"@id":"as:` + name + `","@type":"@id"},` }
