package abuses

import (
	"context"
	"net/http"
	"strconv"

	"vidilog/api/authn"
	"vidilog/api/rest/access"
	"vidilog/api/rest/decode"
	commandsabuse "vidilog/commands/abuse"
	"vidilog/domain/abuse"
	"vidilog/projections/catalog"
)

// reportBody is what somebody reports. What is not named is nil.
type reportBody struct {
	video   *catalog.Ref
	account *int64
	command commandsabuse.Report
}

type reported struct {
	Abuse struct {
		ID int64 `json:"id"`
	} `json:"abuse"`
}

// report answers POST /api/v1/abuses.
func (a *API) report(w http.ResponseWriter, r *http.Request) error {
	fields, err := decode.Body(w, r)
	if err != nil {
		return err
	}
	body := readReport(fields)
	if err := fields.Err(); err != nil {
		return err
	}
	if err := a.find(r.Context(), &body); err != nil {
		return err
	}
	outcome, err := a.Commands.Report(r.Context(), authn.Caller(r), body.command)
	if err != nil {
		return err
	}
	var made reported
	made.Abuse.ID = outcome.Result.IntegerID
	return a.Writes.JSON(w, r, outcome.Position, made)
}

// readReport reads a body and notes everything in it that is wrong.
func readReport(fields *decode.Fields) reportBody {
	body := reportBody{account: idIn(fields, "account")}
	body.command.CommentID = idIn(fields, "comment")
	body.command.Reason = text(fields, "reason", abuse.Fits)
	if fields.Has("predefinedReasons") {
		chosen, _ := fields.Texts("predefinedReasons")
		if chosen == nil {
			fields.Refuse("predefinedReasons", "Invalid value")
		}
		for _, name := range chosen {
			body.command.PredefinedReasons = append(body.command.PredefinedReasons, abuse.PredefinedReason(name))
			if !abuse.PredefinedReason(name).IsKnown() {
				fields.Refuse("predefinedReasons", "Invalid value")
				break
			}
		}
	}
	readVideo(fields, &body)
	return body
}

// readVideo reads which video is meant and where in it. An id may be the integer, the UUID or the short UUID.
func readVideo(fields *decode.Fields, body *reportBody) {
	video, _ := fields.Object("video")
	if video == nil {
		return
	}
	if video.Has("id") {
		id, _ := video.Text("id")
		if ref, _, fits := access.ParseReference(textOr(id)); fits {
			body.video = &ref
		} else {
			fields.Refuse("video.id", "Invalid value")
		}
	}
	start, _ := video.Int("startAt")
	startFits := video.Err() == nil && (start == nil || *start >= 0)
	end, _ := video.Int("endAt")
	if !startFits {
		fields.Refuse("video.startAt", "Invalid value")
	} else if video.Err() != nil || end != nil && (start == nil || *end <= *start) {
		fields.Refuse("video.endAt", "Should have a startAt timestamp beginning before endAt")
	}
	body.command.StartAt, body.command.EndAt = start, end
}

// idIn reads the id of a nested object, nil for none.
func idIn(fields *decode.Fields, name string) *int64 {
	nested, _ := fields.Object(name)
	if nested == nil || !nested.Has("id") {
		return nil
	}
	value, _ := nested.Text("id")
	number, err := strconv.ParseInt(textOr(value), 10, 64)
	if err != nil {
		fields.Refuse(name+".id", "Invalid value")
		return nil
	}
	return &number
}

func textOr(value *string) string {
	if value == nil {
		return ""
	}
	return *value
}

// find puts the video and the account that are named into the command, which finds the comment itself. As in PeerTube both must be there,
// and of several things the first of video, comment and account is reported.
func (a *API) find(ctx context.Context, body *reportBody) error {
	if body.video != nil {
		key, err := a.Catalog.VideoKey(ctx, *body.video)
		if err != nil {
			return err
		}
		body.command.VideoID = &key.ID
	}
	if body.account != nil {
		account, err := a.Catalog.AccountByNumber(ctx, *body.account)
		if err != nil {
			return err
		}
		body.command.AccountID = &account.ID
	}
	return nil
}
