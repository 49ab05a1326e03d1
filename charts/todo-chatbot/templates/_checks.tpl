{{/* What the schema cannot see: values that do not go together. */}}
{{- define "todo.checks" -}}
{{- if and .Values.autoscaling.hpa.enabled .Values.autoscaling.keda.enabled -}}
{{- fail "autoscaling: either hpa or keda, two would pull at the same pods" -}}
{{- end -}}
{{- if and (eq .Values.mode "spinkube") (ne .Values.canary.mode "none") -}}
{{- fail "canary.mode: SpinKube's operator makes the Deployment, so nothing else can release in steps" -}}
{{- end -}}
{{- if eq .Values.mode "spinkube" -}}{{- include "todo.spinkubeChecks" . -}}{{- end -}}
{{- if and (eq .Values.canary.mode "flagger") .Values.httpRoute.enabled -}}
{{- fail "httpRoute.enabled: Flagger makes the route itself" -}}
{{- end -}}
{{- if and (eq .Values.canary.mode "flagger") (include "todo.stopped" .) -}}
{{- fail "replicaCount: Flagger keeps its primary pods running, so 0 would not stop the app; set canary.mode to none as well" -}}
{{- end -}}
{{- if and (eq .Values.canary.mode "flagger") (not (include "todo.autoscaled" .)) -}}
{{- fail "canary.mode: Flagger scales the Deployment itself, so an autoscaler has to say how many pods there are" -}}
{{- end -}}
{{- $route := or .Values.httpRoute.enabled (and (eq .Values.canary.mode "flagger") (hasPrefix "gatewayapi" .Values.canary.flagger.provider)) -}}
{{- if and (or .Values.ingress.enabled $route) (not .Values.domains) -}}
{{- fail "domains: name what the way in answers to" -}}
{{- end -}}
{{- if and $route (not .Values.httpRoute.parentRefs) (not .Values.gateway.create) -}}
{{- fail "httpRoute.parentRefs: name the Gateway, or set gateway.create" -}}
{{- end -}}
{{- if and .Values.gateway.create (not $route) -}}
{{- fail "gateway.create: a Gateway without httpRoute.enabled leads nowhere" -}}
{{- end -}}
{{- if and .Values.migrations.enabled .Values.secrets.existingSecret .Values.database.ownerUrl (not .Values.database.existingSecret) (not (include "todo.databaseInside" .)) -}}
{{- fail "database.ownerUrl: with secrets.existingSecret nothing keeps it: put owner_url into that Secret, or name another by database.existingSecret" -}}
{{- end -}}
{{- if not (or .Values.secrets.create .Values.secrets.existingSecret .Values.secrets.externalSecret.enabled) -}}
{{- fail "secrets: set create, existingSecret or externalSecret.enabled" -}}
{{- end -}}
{{- end -}}
