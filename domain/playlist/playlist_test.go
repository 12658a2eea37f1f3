package playlist_test

import (
	"testing"

	"github.com/google/uuid"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/domain/domaintest"
	"vidilog/domain/kernel"
	"vidilog/domain/playlist"
)

func TestPlaylist(t *testing.T) {
	RegisterFailHandler(Fail)
	RunSpecs(t, "Playlists")
}

var _ = Describe("The list of videos to watch later", func() {
	scenario := domaintest.For[playlist.Playlist]()
	account := kernel.AccountID{UUID: uuid.MustParse("00000000-0000-4000-8000-000000000002")}
	owner := kernel.UserID{UUID: uuid.MustParse("00000000-0000-4000-8000-000000000001")}
	create := playlist.CreateWatchLater{IntegerID: 4, AccountID: account, OwnerID: owner}
	created := playlist.Created{
		PlaylistID: playlist.WatchLaterOf(account), IntegerID: 4, AccountID: account, OwnerID: owner, DisplayName: "Watch later",
		Type: playlist.WatchLater, Privacy: 3,
	}
	deleted := playlist.Deleted{PlaylistID: created.PlaylistID}

	It("is one per account, private", func() {
		scenario.Given().When(create).Then(created)
		scenario.Given(created).When(create).ThenError(kernel.CodeConflict)
	})
	It("goes once", func() {
		scenario.Given(created).When(playlist.Delete{}).Then(deleted)
		scenario.Given(created, deleted).When(playlist.Delete{}).ThenNothing()
		scenario.Given().When(playlist.Delete{}).ThenNothing()
	})
})
