package video

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"fmt"

	"vidilog/commands"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
	"vidilog/domain/video"
)

// SetPasswords replaces the passwords of a protected video.
type SetPasswords struct {
	VideoID   kernel.VideoID `json:"videoId"`
	Passwords []string       `json:"-"`
}

var setPasswords = commands.Spec[SetPasswords, struct{}]{
	Type:  "video.set-passwords",
	Needs: commands.ByUser(),
	Handle: func(ctx context.Context, w *commands.Work, c SetPasswords) (struct{}, error) {
		state, err := owned(ctx, w, c.VideoID, user.RightUpdateAnyVideo)
		if err != nil {
			return struct{}{}, err
		}
		passwords, err := keepPasswords(ctx, w, state, c.VideoID, state.Attributes.Privacy, c.Passwords)
		if err != nil {
			return struct{}{}, err
		}
		return struct{}{}, decidePasswords(ctx, w, state, video.SetPasswords{Passwords: passwords})
	},
}

// SetPasswords runs the command. Errors: CodeInvalid, CodeForbidden, CodeNotFound.
func (h *Handlers) SetPasswords(ctx context.Context, caller commands.Caller, c SetPasswords) (commands.Outcome[struct{}], error) {
	return commands.Run(ctx, h.bus, caller, setPasswords, c)
}

// RemovePassword takes one password of a video away, by its integer.
type RemovePassword struct {
	VideoID kernel.VideoID `json:"videoId"`
	ID      int64          `json:"id"`
}

var removePassword = commands.Spec[RemovePassword, struct{}]{
	Type:  "video.remove-password",
	Needs: commands.ByUser(),
	Handle: func(ctx context.Context, w *commands.Work, c RemovePassword) (struct{}, error) {
		state, err := owned(ctx, w, c.VideoID, user.RightUpdateAnyVideo)
		if err != nil {
			return struct{}{}, err
		}
		return struct{}{}, decidePasswords(ctx, w, state, video.RemovePassword{ID: c.ID})
	},
}

// RemovePassword runs the command. Errors: CodeInvalid for the last one, CodeForbidden, CodeNotFound.
func (h *Handlers) RemovePassword(ctx context.Context, caller commands.Caller, c RemovePassword) (commands.Outcome[struct{}], error) {
	return commands.Run(ctx, h.bus, caller, removePassword, c)
}

// keepPasswords puts the texts for a protected video into the vault and answers what the log may know of them; none where texts
// are nil or the privacy asks for none. A text that is among the passwords in
// force keeps its number, so that sending all of them with every update changes nothing.
func keepPasswords(ctx context.Context, w *commands.Work, state video.Video, id kernel.VideoID, privacy video.Privacy, texts []string) ([]video.Password, error) {
	if privacy != video.PasswordProtected || texts == nil {
		return nil, nil
	}
	if err := video.CheckPasswords(texts); err != nil {
		return nil, err
	}
	inForce := map[string]video.Password{}
	for _, p := range state.Passwords {
		plain, _, err := w.Secret(ctx, p.Ref)
		if err != nil {
			return nil, fmt.Errorf("open a password of video %s: %w", state.ID, err)
		}
		inForce[string(plain)] = p
	}
	passwords := make([]video.Password, len(texts))
	for i, text := range texts {
		if p, known := inForce[text]; known {
			passwords[i] = p
			continue
		}
		number, err := w.Number(ctx, "video_password", id.Stream())
		if err != nil {
			return nil, err
		}
		passwords[i] = video.Password{ID: number, Ref: "video/" + id.String() + "/password/" + w.NewID().String()}
		w.Keep(passwords[i].Ref, []byte(text))
	}
	return passwords, nil
}

// decidePasswords lets a verb decide and removes the secrets from the vault that no password refers to afterwards.
func decidePasswords(ctx context.Context, w *commands.Work, before video.Video, v verb) error {
	if _, err := commands.Decide[video.Video](ctx, w, before.ID.Stream(), v); err != nil {
		return err
	}
	after, err := commands.Load[video.Video](ctx, w, before.ID.Stream())
	if err != nil {
		return err
	}
	kept := map[string]bool{}
	for _, p := range after.Passwords {
		kept[p.Ref] = !after.Deleted
	}
	for _, p := range before.Passwords {
		if !kept[p.Ref] {
			w.Forget(p.Ref)
		}
	}
	return nil
}

// PasswordText answers the text of a password, "" when it is not, or no longer, in the vault.
func (h *Handlers) PasswordText(ctx context.Context, ref string) (string, error) {
	plain, _, err := h.bus.Secret(ctx, ref)
	return string(plain), err
}

// PasswordMatches says whether a text is one of a video's passwords as of now. Texts behind references never change, so what
// was opened once is kept, as a hash.
func (h *Handlers) PasswordMatches(ctx context.Context, id kernel.VideoID, password string) (bool, error) {
	state, err := h.Video(ctx, id)
	if err != nil {
		return false, err
	}
	given, matches := sha256.Sum256([]byte(password)), 0
	for _, p := range state.Passwords {
		hash, known := h.passwords.Get(p.Ref)
		if !known {
			plain, found, err := h.bus.Secret(ctx, p.Ref)
			if err != nil {
				return false, fmt.Errorf("open a password of video %s: %w", id, err)
			}
			if !found {
				continue // removed since the state was read
			}
			hash = sha256.Sum256(plain)
			h.passwords.Add(p.Ref, hash)
		}
		matches |= subtle.ConstantTimeCompare(hash[:], given[:])
	}
	return matches == 1 && !state.Deleted, nil
}
