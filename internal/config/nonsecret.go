package config

import (
	"reflect"
	"time"
)

// NonSecret answers the configuration of the instance as a tree of JSON values, for the event instance.configured:
// without secrets, and without the sections that describe one node only (addresses, folders, databases). Durations are
// milliseconds and sizes bytes, as in PeerTube.
func (c *Config) NonSecret() map[string]any {
	return nonSecret(reflect.ValueOf(*c))
}

func nonSecret(section reflect.Value) map[string]any {
	tree := map[string]any{}
	for i := range section.NumField() {
		tag := section.Type().Field(i).Tag
		key := tag.Get("koanf")
		if key == "" || key == "-" || tag.Get("secret") == "true" || tag.Get("local") == "true" {
			continue
		}
		tree[key] = plain(section.Field(i))
	}
	return tree
}

func plain(value reflect.Value) any {
	if duration, ok := value.Interface().(time.Duration); ok {
		if duration == Unlimited {
			return int64(Unlimited)
		}
		return duration.Milliseconds()
	}
	switch value.Kind() {
	case reflect.Struct:
		return nonSecret(value)
	case reflect.Slice:
		list := make([]any, value.Len())
		for i := range value.Len() {
			list[i] = plain(value.Index(i))
		}
		return list
	case reflect.Bool:
		return value.Bool()
	case reflect.Int, reflect.Int64:
		return value.Int()
	}
	return value.String()
}
