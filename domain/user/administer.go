package user

import "vidilog/domain/kernel"

// AdminFlags are bits that administrators give a person; PeerTube's (UserAdminFlag).
type AdminFlags int

// BypassVideoAutoBlacklist lets a person's videos be seen without a moderator's look.
const BypassVideoAutoBlacklist AdminFlags = 1

func (f AdminFlags) check() error {
	if f < 0 || f > BypassVideoAutoBlacklist {
		return kernel.Invalid("adminFlags", "%d are no flags", f)
	}
	return nil
}

// Administer changes what moderators may say of a person; nil leaves a field.
type Administer struct {
	Email             *string
	EmailVerified     *bool
	Quota, QuotaDaily *int64
	Role              *Role
	Flags             *AdminFlags
	// AuthPlugin names the plugin that logs the person in, "" for a password again.
	AuthPlugin *string
}

// QuotaChanged records how much a person may store, in bytes; -1 means no limit.
type QuotaChanged struct {
	UserID     kernel.UserID `json:"userId"`
	Quota      int64         `json:"quota"`
	QuotaDaily int64         `json:"quotaDaily"`
}

// EventType is the literal id in the log.
func (QuotaChanged) EventType() string { return "user.quota-changed" }

// RoleChanged records another role.
type RoleChanged struct {
	UserID kernel.UserID `json:"userId"`
	Role   Role          `json:"role"`
}

// EventType is the literal id in the log.
func (RoleChanged) EventType() string { return "user.role-changed" }

// AdminFlagsChanged records other flags.
type AdminFlagsChanged struct {
	UserID kernel.UserID `json:"userId"`
	Flags  AdminFlags    `json:"flags"`
}

// EventType is the literal id in the log.
func (AdminFlagsChanged) EventType() string { return "user.admin-flags-changed" }

// AuthPluginChanged records who logs the person in: a plugin, or nil for the password.
type AuthPluginChanged struct {
	UserID     kernel.UserID `json:"userId"`
	AuthPlugin *string       `json:"authPlugin,omitempty"`
}

// EventType is the literal id in the log.
func (AuthPluginChanged) EventType() string { return "user.auth-plugin-changed" }

// Decide answers an event per kind of change, nothing when all is so already, CodeInvalid naming the field, or CodeNotFound.
func (a Administer) Decide(u User) ([]kernel.Event, error) {
	if err := u.mustExist(); err != nil {
		return nil, err
	}
	var all []kernel.Event
	for _, decide := range []func(User) ([]kernel.Event, error){
		a.decideEmail, a.decideQuota, a.decideRole, a.decideFlags, a.decideAuthPlugin,
	} {
		events, err := decide(u)
		if err != nil {
			return nil, err
		}
		all = append(all, events...)
	}
	return all, nil
}

func (a Administer) decideEmail(u User) ([]kernel.Event, error) {
	if a.Email != nil {
		verified := u.EmailVerified
		if a.EmailVerified != nil {
			verified = a.EmailVerified
		}
		return ChangeEmail{Email: *a.Email, Verified: verified}.Decide(u)
	}
	if a.EmailVerified != nil {
		return SetEmailVerification{Verified: a.EmailVerified}.Decide(u)
	}
	return nil, nil
}

func (a Administer) decideQuota(u User) ([]kernel.Event, error) {
	e := QuotaChanged{UserID: u.ID, Quota: u.Quota, QuotaDaily: u.QuotaDaily}
	if a.Quota != nil {
		e.Quota = *a.Quota
	}
	if a.QuotaDaily != nil {
		e.QuotaDaily = *a.QuotaDaily
	}
	if err := checkQuota("videoQuota", e.Quota); err != nil {
		return nil, err
	}
	if err := checkQuota("videoQuotaDaily", e.QuotaDaily); err != nil {
		return nil, err
	}
	if e.Quota == u.Quota && e.QuotaDaily == u.QuotaDaily {
		return nil, nil
	}
	return []kernel.Event{e}, nil
}

func (a Administer) decideRole(u User) ([]kernel.Event, error) {
	if a.Role == nil || *a.Role == u.Role {
		return nil, nil
	}
	if err := checkRole(*a.Role); err != nil {
		return nil, err
	}
	if u.Username == rootName {
		return nil, kernel.Refuse(kernel.CodeInvalid, "Cannot change root role.")
	}
	return []kernel.Event{RoleChanged{UserID: u.ID, Role: *a.Role}}, nil
}

func (a Administer) decideFlags(u User) ([]kernel.Event, error) {
	if a.Flags == nil || *a.Flags == u.Flags {
		return nil, nil
	}
	if err := a.Flags.check(); err != nil {
		return nil, err
	}
	return []kernel.Event{AdminFlagsChanged{UserID: u.ID, Flags: *a.Flags}}, nil
}

func (a Administer) decideAuthPlugin(u User) ([]kernel.Event, error) {
	if a.AuthPlugin == nil {
		return nil, nil
	}
	e := AuthPluginChanged{UserID: u.ID}
	if *a.AuthPlugin != "" {
		e.AuthPlugin = a.AuthPlugin
	}
	if (e.AuthPlugin == nil) == (u.AuthPlugin == nil) && (e.AuthPlugin == nil || *e.AuthPlugin == *u.AuthPlugin) {
		return nil, nil
	}
	return []kernel.Event{e}, nil
}
