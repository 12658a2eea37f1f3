package uploads

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"

	"vidilog/api/authn"
	"vidilog/domain/kernel"
	"vidilog/internal/failpoint"
	"vidilog/internal/httpx"
	"vidilog/internal/ops/uploads"
)

var (
	pointPlanned  = failpoint.New("uploads.planned")
	pointFinished = failpoint.New("uploads.finished")
	pointAnswered = failpoint.New("uploads.answered")
)

// finish makes of a whole file what it is for. It goes on when the client does not wait for it: the answer is kept and can be
// asked for again.
func (a *API) finish(w http.ResponseWriter, r *http.Request, p Purpose, hold *uploads.Hold, s uploads.Session) error {
	ctx := context.WithoutCancel(r.Context())
	r = r.WithContext(ctx)
	if err := hold.Finishing(ctx); err != nil {
		return inDialect(err)
	}
	answer, err := a.make(r, p, hold, s)
	if err != nil {
		return errors.Join(err, a.giveUp(ctx, hold, s, err))
	}
	body, err := json.Marshal(answer.Body)
	if err != nil {
		return fmt.Errorf("keep the answer of an upload: %w", err)
	}
	if err := pointFinished.Hit(); err != nil {
		return err
	}
	s.Answer = body
	if err := hold.Answered(ctx, body); err != nil && !errors.Is(err, uploads.ErrUnknown) {
		return err
	}
	if err := pointAnswered.Hit(); err != nil {
		return err
	}
	if err := a.remove(s); err != nil {
		a.Logger.Error("files of a finished upload could not be removed", "error", err)
	}
	a.Writes.Settle(w, r, answer.Position)
	httpx.JSONBytes(w, r, http.StatusOK, body)
	return nil
}

// make plans once, and carries out under the session's own command id.
func (a *API) make(r *http.Request, p Purpose, hold *uploads.Hold, s uploads.Session) (Answer, error) {
	path, err := a.path(s)
	if err != nil {
		return Answer{}, err
	}
	file, err := announced(s)
	if err != nil {
		return Answer{}, err
	}
	if s.Plan == nil {
		if s.Plan, err = p.Plan(r, file, path); err != nil {
			return Answer{}, err
		}
		if err := hold.Planned(r.Context(), s.Plan); err != nil {
			return Answer{}, err
		}
	}
	if err := pointPlanned.Hit(); err != nil {
		return Answer{}, err
	}
	caller := authn.Caller(r)
	caller.CommandID = s.Command.String()
	return p.Finish(r.Context(), caller, file, s.Plan, path)
}

// giveUp ends a session whose file was refused. After a fault the session stays, so that the last part can be sent again.
func (a *API) giveUp(ctx context.Context, hold *uploads.Hold, s uploads.Session, cause error) error {
	again := []kernel.Code{"", kernel.CodeTooMany, kernel.CodeUnavailable, kernel.CodeUnauthenticated}
	if slices.Contains(again, kernel.CodeOf(cause)) {
		return nil
	}
	return errors.Join(hold.Forget(ctx), a.remove(s))
}

// again repeats the answer of a session that is over.
func again(w http.ResponseWriter, r *http.Request, s uploads.Session) error {
	httpx.JSONBytes(w, r, http.StatusOK, s.Answer)
	return nil
}
