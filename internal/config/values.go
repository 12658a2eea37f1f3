package config

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Unlimited is the value of sizes, counts and durations that have no limit.
const Unlimited = -1

// Bytes is a size; Unlimited means none.
type Bytes int64

var durationPattern = regexp.MustCompile(`^([\d.,]+)\s?(\w+)$`)

var durationUnits = map[string]time.Duration{
	"ms": time.Millisecond, "second": time.Second, "minute": time.Minute, "hour": time.Hour,
	"day": 24 * time.Hour, "week": 7 * 24 * time.Hour, "month": 30 * 24 * time.Hour,
}

// ParseDuration reads a duration as PeerTube does: a number of milliseconds, or "5 minutes", "1 day", "30 days". Any
// negative number is Unlimited.
func ParseDuration(text string) (time.Duration, error) {
	text = strings.TrimSpace(text)
	if number, err := strconv.ParseFloat(text, 64); err == nil && !math.IsNaN(number) {
		if number < 0 {
			return Unlimited, nil
		}
		return scale(number, time.Millisecond)
	}
	parts := durationPattern.FindStringSubmatch(text)
	if parts == nil {
		return 0, errDuration
	}
	unit := strings.ToLower(parts[2])
	if unit != "ms" {
		unit = strings.TrimSuffix(unit, "s")
	}
	factor, known := durationUnits[unit]
	if !known {
		return 0, errDuration
	}
	number, err := strconv.ParseFloat(strings.ReplaceAll(parts[1], ",", "."), 64)
	if err != nil {
		return 0, errDuration
	}
	return scale(number, factor)
}

var errDuration = fmt.Errorf(`must be milliseconds or a number with ms, seconds, minutes, hours, days, weeks or months, such as "5 minutes"`)

func scale(number float64, unit time.Duration) (time.Duration, error) {
	product := number * float64(unit)
	if product > math.MaxInt64 {
		return 0, errDuration
	}
	return time.Duration(product), nil
}

var sizePattern = regexp.MustCompile(`^(?:(\d+)\s*TB)?\s*(?:(\d+)\s*GB)?\s*(?:(\d+)\s*MB)?\s*(?:(\d+)\s*KB)?\s*(?:(\d+)\s*B)?$`)

var errSize = fmt.Errorf(`must be bytes or a size such as "5MB" or "1GB 500MB" (TB, GB, MB, KB), or -1 for no limit`)

// ParseBytes reads a size as PeerTube does: bytes, or TB, GB and MB of 1024, largest first. KB and B are additions.
// Any negative number is Unlimited.
func ParseBytes(text string) (Bytes, error) {
	text = strings.ToUpper(strings.TrimSpace(text))
	if number, err := strconv.ParseFloat(text, 64); err == nil && !math.IsNaN(number) {
		if number < 0 {
			return Unlimited, nil
		}
		if number >= math.MaxInt64 {
			return 0, errSize
		}
		return Bytes(number), nil
	}
	parts := sizePattern.FindStringSubmatch(text)
	if parts == nil || text == "" {
		return 0, errSize
	}
	total := 0.0
	for i, unit := range []float64{1 << 40, 1 << 30, 1 << 20, 1 << 10, 1} {
		if parts[i+1] == "" {
			continue
		}
		number, err := strconv.ParseFloat(parts[i+1], 64)
		if err != nil {
			return 0, errSize
		}
		total += number * unit
	}
	if total >= math.MaxInt64 {
		return 0, errSize
	}
	return Bytes(total), nil
}
