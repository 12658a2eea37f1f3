package rating_test

import (
	"github.com/google/uuid"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/domain/domaintest"
	"vidilog/domain/kernel"
	"vidilog/domain/rating"
)

var (
	scenario = domaintest.For[rating.State]()
	anna     = kernel.AccountID{UUID: uuid.MustParse("00000000-0000-4000-8000-000000000001")}
	film     = kernel.VideoID{UUID: uuid.MustParse("00000000-0000-4000-8000-000000000002")}
)

func rates(r rating.Rating) rating.Rate {
	return rating.Rate{AccountID: anna, VideoID: film, Rating: r}
}

func changed(was, to rating.Rating) rating.Changed {
	return rating.Changed{AccountID: anna, VideoID: film, Rating: to, Was: was}
}

var _ = Describe("Rating a video", func() {
	It("records what somebody thinks of it, and what they thought before", func() {
		scenario.Given().When(rates(rating.Like)).Then(changed(rating.None, rating.Like)).
			When(rates(rating.Dislike)).Then(changed(rating.Like, rating.Dislike)).
			When(rates(rating.None)).Then(changed(rating.Dislike, rating.None)).
			When(rates(rating.Like)).Then(changed(rating.None, rating.Like))
	})
	It("records nothing when they think so already", func() {
		scenario.Given(changed(rating.None, rating.Like)).When(rates(rating.Like)).ThenNothing()
		scenario.Given().When(rates(rating.None)).ThenNothing()
		scenario.Given(changed(rating.None, rating.Like), changed(rating.Like, rating.None)).When(rates(rating.None)).ThenNothing()
	})
	It("is refused for a word that is no rating", func() {
		for _, word := range []rating.Rating{"", "likes", "LIKE"} {
			Expect(scenario.Given().When(rates(word)).ThenError(kernel.CodeInvalid).Field).To(Equal("rating"))
		}
	})
	It("has a stream of its own for each account and video", func() {
		Expect(rating.Stream(anna, film).String()).To(Equal("rating-" + anna.String() + "-" + film.String()))
	})
})
