package main

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base32"
	"encoding/hex"
	"encoding/pem"
	"fmt"
	"os"
	"strings"

	"vidilog/api/rest/users"
	"vidilog/commands"
	commandsinstance "vidilog/commands/instance"
	commandsuser "vidilog/commands/user"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
	"vidilog/internal/passwords"
)

// rootName is the first administrator's, as in PeerTube.
const rootName = "root"

// rootPasswordVariable sets the first administrator's password, as in PeerTube.
const rootPasswordVariable = "PT_INITIAL_ROOT_PASSWORD"

var startup = commands.Internal(kernel.System("startup"))

// firstStart draws what an instance has once, makes the first administrator, and records the configuration in force.
func (v *server) firstStart(ctx context.Context) error {
	if err := v.initialise(ctx); err != nil {
		return fmt.Errorf("first start: %w", err)
	}
	if err := v.makeRoot(ctx); err != nil {
		return fmt.Errorf("first start: %w", err)
	}
	inForce, err := recordable(v.current())
	if err != nil {
		return err
	}
	_, err = v.instance.Configure(ctx, startup, commandsinstance.Configure{Configuration: inForce})
	return err
}

func (v *server) initialise(ctx context.Context) error {
	_, _, known, err := v.instance.Client(ctx)
	if err != nil || known {
		return err
	}
	keys, err := v.keyPair()
	if err != nil {
		return err
	}
	c := commandsinstance.Initialise{
		ClientID: secretText(32), ClientSecret: secretText(32), PublicKey: keys.PublicPEM, PrivateKeyPEM: keys.PrivatePEM,
	}
	if _, err := v.instance.Initialise(ctx, startup, c); err != nil {
		return err
	}
	v.say("Client id: " + c.ClientID)
	v.say("Client secret: " + c.ClientSecret)
	return nil
}

func (v *server) makeRoot(ctx context.Context) error {
	_, exists, err := v.users.Credentials(ctx, rootName)
	if err != nil || exists {
		return err
	}
	password, drawn := v.rootPassword()
	hash, err := passwords.Hash(password)
	if err != nil {
		return fmt.Errorf("the password in %s cannot be used: %w", rootPasswordVariable, err)
	}
	c := commandsuser.Create{
		Username: rootName, Email: v.config.Admin.Email, Role: user.Administrator, PasswordHash: hash, Quota: -1, QuotaDaily: -1,
		Settings: users.DefaultSettings(v.config), ChannelHandle: rootName + "_channel",
		EmailVerified: new(true), // whoever configures the instance names the address themselves, as in PeerTube
		ChannelName:   strings.ReplaceAll(v.config.User.DefaultChannelName, "$1", rootName),
	}
	if c.AccountKeys, err = v.keyPair(); err != nil {
		return err
	}
	if c.ChannelKeys, err = v.keyPair(); err != nil {
		return err
	}
	if _, err := v.users.Create(ctx, startup, c); err != nil {
		return err
	}
	v.say("Username: " + rootName)
	if drawn || v.config.IsTest() {
		v.say("User password: " + password)
	}
	return nil
}

// rootPassword answers the first administrator's password; drawn says that nobody knows it yet.
func (v *server) rootPassword() (password string, drawn bool) {
	if given := os.Getenv(rootPasswordVariable); given != "" {
		return given, false
	}
	if v.config.IsTest() {
		return "test" + v.config.InstanceNumber, false // what PeerTube's suites log in with
	}
	return secretText(20), true
}

// secretText draws a text of letters and digits, at about 5 bits each.
func secretText(length int) string {
	raw := make([]byte, length)
	_, _ = rand.Read(raw) // never fails, see crypto/rand
	return strings.ToLower(base32.StdEncoding.EncodeToString(raw))[:length]
}

// keyPair draws the signing key of an actor.
func (v *server) keyPair() (commandsuser.KeyPair, error) {
	key, err := rsa.GenerateKey(rand.Reader, v.config.Constants.RSAKeyBits)
	if err != nil {
		return commandsuser.KeyPair{}, fmt.Errorf("draw an actor's key: %w", err)
	}
	public, err := x509.MarshalPKIXPublicKey(&key.PublicKey)
	if err != nil {
		return commandsuser.KeyPair{}, fmt.Errorf("draw an actor's key: %w", err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return commandsuser.KeyPair{}, fmt.Errorf("draw an actor's key: %w", err)
	}
	return commandsuser.KeyPair{
		PublicPEM:  string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: public})),
		PrivatePEM: pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private}),
	}, nil
}

// viewerSecret hashes viewers that have no session; a new one per start only forgets who has watched in the last hour.
func viewerSecret(configured string) []byte {
	if configured != "" {
		return []byte("viewers:" + configured)
	}
	raw := make([]byte, 32)
	_, _ = rand.Read(raw) // never fails, see crypto/rand
	return []byte(hex.EncodeToString(raw))
}
