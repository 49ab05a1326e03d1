{{/* What the schema cannot see: values that do not go together. */}}
{{- define "todo.checks" -}}
{{- if and .Values.autoscaling.hpa.enabled .Values.autoscaling.keda.enabled -}}
{{- fail "autoscaling: either hpa or keda, two would pull at the same pods" -}}
{{- end -}}
{{- if and (eq .Values.mode "spinkube") (ne .Values.canary.mode "none") -}}
{{- fail "canary.mode: SpinKube's operator makes the Deployment, so nothing else can release in steps" -}}
{{- end -}}
{{- if and (eq .Values.mode "spinkube") (ne (int .Values.service.port) 80) -}}
{{- fail "service.port: SpinKube's operator makes the Service, at port 80" -}}
{{- end -}}
{{- if and (eq .Values.canary.mode "flagger") .Values.httpRoute.enabled -}}
{{- fail "httpRoute.enabled: Flagger makes the route itself" -}}
{{- end -}}
{{- if and .Values.gateway.create (not .Values.httpRoute.enabled) -}}
{{- fail "gateway.create: a Gateway without httpRoute.enabled leads nowhere" -}}
{{- end -}}
{{- if and .Values.secrets.existingSecret .Values.secrets.externalSecret.enabled -}}
{{- fail "secrets: either existingSecret or externalSecret" -}}
{{- end -}}
{{- if not (or .Values.secrets.create .Values.secrets.existingSecret .Values.secrets.externalSecret.enabled) -}}
{{- fail "secrets: set create, existingSecret or externalSecret.enabled" -}}
{{- end -}}
{{- range $image := list .Values.image .Values.artifact -}}
{{- if eq $image.tag "latest" -}}{{- fail (printf "%s: latest names another version each time it is asked" $image.repository) -}}{{- end -}}
{{- end -}}
{{- end -}}
