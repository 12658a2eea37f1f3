package manifest

import (
	"vidilog/domain/account"
	"vidilog/domain/actor"
	"vidilog/domain/channel"
	"vidilog/domain/instance"
	"vidilog/domain/kernel"
	"vidilog/eventstore"
)

// reduceImages follows avatars and banners.
func (r *rows) reduceImages(at eventstore.Position, e kernel.Event) {
	switch e := e.(type) {
	case account.AvatarChanged:
		r.exchangeImages(at, e.Replaced, e.Avatars)
	case account.Deleted:
		r.exchangeImages(at, e.Files, nil)
	case channel.AvatarChanged:
		r.exchangeImages(at, e.Replaced, e.Avatars)
	case channel.BannerChanged:
		r.exchangeImages(at, e.Replaced, e.Banners)
	case instance.PictureChanged:
		r.exchangeImages(at, e.Replaced, e.Images)
	case channel.Deleted:
		r.exchangeImages(at, e.Files, nil)
	}
}

func (r *rows) exchangeImages(at eventstore.Position, gone []string, come []actor.Image) {
	for _, name := range gone {
		r.images.Delete(name)
	}
	for _, image := range come {
		r.images.Upsert(image.FileName, imageRow{Bytes: image.Bytes, Since: at})
	}
}
