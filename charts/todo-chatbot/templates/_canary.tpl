{{/* Requests and their latency in one set of pods, as PromQL. What streams for as long as a model talks is no latency.
Call with the selector of the series. */}}
{{- define "todo.availabilityQuery" -}}
1 - (sum(rate(http_requests_total{ {{- . -}} ,status=~"5.."}[2m])) or vector(0)) / sum(rate(http_requests_total{ {{- . -}} }[2m]))
{{- end -}}

{{- define "todo.latencyQuery" -}}
histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket{ {{- . -}} ,component!="chat"}[2m])))
{{- end -}}
