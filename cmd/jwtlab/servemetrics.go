package main

import (
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"jwtlab/app/login"
)

// metrics are counters for Prometheus. Each label has few values, whatever clients send. The nil metrics count nothing.
type metrics struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	took     *prometheus.HistogramVec
	events   *prometheus.CounterVec
	swept    prometheus.Counter
}

func newMetrics() *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "jwtlab_http_requests_total",
			Help: "Requests that were answered."}, []string{"route", "method", "status"}),
		took: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "jwtlab_http_request_duration_seconds",
			Help:    "How long requests took.",
			Buckets: []float64{.00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10}}, []string{"route"}),
		events: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "jwtlab_login_events_total",
			Help: "What happened to logins."}, []string{"event", "mode"}),
		swept: prometheus.NewCounter(prometheus.CounterOpts{Name: "jwtlab_store_swept_total",
			Help: "Records that had ended and were removed."}),
	}
	m.registry.MustRegister(m.requests, m.took, m.events, m.swept, collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}), collectors.NewBuildInfoCollector())
	for _, name := range login.EventNames() { // so that each is 0 and not missing before it happens
		for _, mode := range []login.Mode{"", login.Session, login.Cookie, login.Token} {
			m.events.WithLabelValues(name, string(mode))
		}
	}
	return m
}

// request counts one that was answered.
func (m *metrics) request(route, method string, status int, took time.Duration) {
	if m == nil {
		return
	}
	m.requests.WithLabelValues(route, method, strconv.Itoa(status/100)+"xx").Inc()
	m.took.WithLabelValues(route).Observe(took.Seconds())
}

func (m *metrics) event(e login.Event) {
	if m != nil {
		m.events.WithLabelValues(e.Name, string(e.Mode)).Inc()
	}
}

func (m *metrics) sweep(removed int) {
	if m != nil {
		m.swept.Add(float64(removed))
	}
}

// handler answers GET /metrics, and nothing else.
func (m *metrics) handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{MaxRequestsInFlight: 4}))
	return mux
}
