{{/* What counts, as PromQL: requests a component answers to someone outside, without health checks. What streams for as long
as a model talks has no latency. */}}
{{- define "todo.servedSeries" -}}
component!~"|health",route!="private"
{{- end -}}
{{- define "todo.timedSeries" -}}
component!~"|health|chat",route!="private",streamed!="true"
{{- end -}}

{{/* Availability and 95th percentile of one set of pods. Call with the selector of their series. */}}
{{- define "todo.availabilityQuery" -}}
{{- $served := printf "%s,%s" . (include "todo.servedSeries" .) -}}
1 - (sum(rate(http_requests_total{ {{- $served -}} ,status=~"5.."}[2m])) or vector(0)) / sum(rate(http_requests_total{ {{- $served -}} }[2m]))
{{- end -}}
{{- define "todo.latencyQuery" -}}
histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket{ {{- . }},{{ include "todo.timedSeries" . -}} }[2m])))
{{- end -}}
