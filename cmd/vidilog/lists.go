package main

import (
	"context"

	"vidilog/api/rest/videos"
	"vidilog/commands"
)

// listPolicies are what lists of videos depend on besides the request.
func (v *server) listPolicies() videos.Policies {
	return videos.Policies{
		NSFW: func(context.Context, commands.Caller) (string, error) {
			return v.current().Instance.DefaultNSFWPolicy, nil
		},
		TrendingDays: func() int { return v.current().Trending.Videos.IntervalDays },
	}
}
