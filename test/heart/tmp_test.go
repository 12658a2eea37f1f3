package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"vidilog/internal/embedded"
)

// cpu of a pid in microseconds
func cpuOf(pid int) int64 {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0
	}
	f := strings.Fields(string(b[strings.LastIndexByte(string(b), ')')+2:]))
	u, _ := strconv.ParseInt(f[11], 10, 64)
	s, _ := strconv.ParseInt(f[12], 10, 64)
	return (u + s) * 10000
}

func selfCPU() int64 {
	var r syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &r)
	return r.Utime.Sec*1e6 + r.Utime.Usec + r.Stime.Sec*1e6 + r.Stime.Usec
}

func TestTmp(t *testing.T) {
	ctx := context.Background()
	dir, _ := os.MkdirTemp("", "vidilog-heart-")
	defer os.RemoveAll(dir)
	_ = os.Chmod(dir, 0o755)
	settings := map[string]string{"max_connections": "50"}
	if os.Getenv("STATS") != "" {
		settings["shared_preload_libraries"] = "pg_stat_statements"
	}
	if os.Getenv("FSYNC") == "off" {
		settings["fsync"] = "off"
	}
	s, err := embedded.Start(ctx, embedded.Options{DataDir: filepath.Join(dir, "data"), WithoutRedis: true, Logger: quiet, PostgresSettings: settings})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Stop(ctx)
	store, err := openPatiently(ctx, s.DSN)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	c, err := pgx.Connect(ctx, s.DSN)
	if err != nil {
		t.Fatal(err)
	}
	if os.Getenv("STATS") != "" {
		if _, err := c.Exec(ctx, "CREATE EXTENSION pg_stat_statements SCHEMA public"); err != nil {
			t.Fatal(err)
		}
	}
	secs, _ := strconv.ParseFloat(os.Getenv("SECS"), 64)
	if secs == 0 {
		secs = 6
	}
	if _, err := measureCell(ctx, store, 8, 2*time.Second, "warm", 1); err != nil {
		t.Fatal(err)
	}
	for _, ws := range strings.Split(os.Getenv("WRITERS"), ",") {
		w, _ := strconv.Atoi(ws)
		if w == 0 {
			w = 32
		}
		var pid int
		if err := c.QueryRow(ctx, "SELECT pid FROM pg_stat_activity WHERE application_name = 'vidilog appender'").Scan(&pid); err != nil {
			t.Fatal(err)
		}
		if os.Getenv("STATS") != "" {
			_, _ = c.Exec(ctx, "SELECT public.pg_stat_statements_reset()")
		}
		var wal0, wal1 int64
		_ = c.QueryRow(ctx, "SELECT (pg_current_wal_insert_lsn() - '0/0')::bigint").Scan(&wal0)
		p0, s0 := cpuOf(pid), selfCPU()
		var perf *exec.Cmd
		if f := os.Getenv("PERF"); f != "" {
			perf = exec.Command("perf", "record", "-q", "-g", "-F", "499", "-o", f+"."+ws, "-p", strconv.Itoa(pid))
			_ = perf.Start()
		}
		cell, err := measureCell(ctx, store, w, time.Duration(secs*float64(time.Second)), fmt.Sprint("w", w), int64(w))
		if err != nil {
			t.Fatal(err)
		}
		if perf != nil {
			_ = perf.Process.Signal(os.Interrupt)
			_ = perf.Wait()
		}
		_ = c.QueryRow(ctx, "SELECT (pg_current_wal_insert_lsn() - '0/0')::bigint").Scan(&wal1)
		n := cell.AppendsPerSecond * secs
		load, _ := os.ReadFile("/proc/loadavg")
		fmt.Printf("%s writers %4d appends/s %7.0f events/s %7.0f p50 %6.2f p99 %6.2f | per append: postgres %5.1f us, go %5.1f us, wal %5.0f B | load %s\n", os.Getenv("NAME"), w, cell.AppendsPerSecond, cell.EventsPerSecond, cell.P50, cell.P99,
			float64(cpuOf(pid)-p0)/n, float64(selfCPU()-s0)/n, float64(wal1-wal0)/n, strings.Fields(string(load))[0])
		if os.Getenv("STATS") != "" {
			rows, _ := c.Query(ctx, "SELECT calls, total_exec_time*1000, rows, left(regexp_replace(query, '\\s+', ' ', 'g'), 60) FROM public.pg_stat_statements ORDER BY total_exec_time DESC LIMIT 14")
			for rows.Next() {
				var calls, r int64
				var us float64
				var q string
				_ = rows.Scan(&calls, &us, &r, &q)
				fmt.Printf("   %6.2f us/append  %7.1f us/call  calls %6d rows %7d  %s\n", us/n, us/float64(calls), calls, r, q)
			}
		}
	}
}
