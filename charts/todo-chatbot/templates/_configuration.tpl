{{/* https:// and the first domain, unless publicUrl says otherwise. */}}
{{- define "todo.publicUrl" -}}
{{- if .Values.publicUrl -}}
{{- .Values.publicUrl | trimSuffix "/" -}}
{{- else if .Values.domains -}}
https://{{ first .Values.domains }}
{{- else -}}
http://{{ include "todo.name" . }}.{{ .Release.Namespace }}.svc
{{- end -}}
{{- end -}}

{{/* Origins whose pages may call: every domain beside the main one, and what cors.origins adds. */}}
{{- define "todo.origins" -}}
{{- $origins := list -}}
{{- range .Values.domains -}}{{- $origins = append $origins (printf "https://%s" .) -}}{{- end -}}
{{- $origins = concat $origins .Values.cors.origins | uniq -}}
{{- without $origins (include "todo.publicUrl" .) | join " " -}}
{{- end -}}

{{/* Names MCP may be called by: every domain, and the Service's names. */}}
{{- define "todo.mcpHosts" -}}
{{- $service := include "todo.name" . -}}
{{- $space := .Release.Namespace -}}
{{- $names := list $service (printf "%s.%s" $service $space) (printf "%s.%s.svc" $service $space) (printf "%s.%s.svc.cluster.local" $service $space) -}}
{{- concat $names .Values.domains | join " " -}}
{{- end -}}

{{/* The app's variables that are no secrets, by name. What the values name under `variables` wins. */}}
{{- define "todo.variables" -}}
{{- $made := dict
  "db_host" (include "todo.databaseHost" .)
  "db_port" (include "todo.databasePort" .)
  "db_name" .Values.database.name
  "db_params" (include "todo.databaseParams" .)
  "public_url" (include "todo.publicUrl" .)
  "cors_origins" (include "todo.origins" .)
  "mcp_allowed_hosts" (include "todo.mcpHosts" .)
  "oauth_client_documents" (toString (not .Values.networkPolicy.enabled))
-}}
{{- range $name, $value := .Values.variables -}}
{{- if regexMatch "(password|secret|api_key|_token$)" $name -}}
{{- fail (printf "variables.%s looks like a secret: it belongs to secrets" $name) -}}
{{- end -}}
{{- $_ := set $made $name (toString $value) -}}
{{- end -}}
{{- toYaml $made -}}
{{- end -}}

{{/* The app's variables that are secrets: name, and whether it may be missing. */}}
{{- define "todo.secretVariables" -}}
db_app_password: false
db_identity_password: false
better_auth_secret: false
better_auth_secret_previous: true
openai_api_key: true
mail_api_key: true
auth_issuer_secret: true
{{- end -}}

{{/* Settings of the runtime, as environment variables. */}}
{{- define "todo.runtimeSettings" -}}
SPIN_HTTP_LISTEN_ADDR: {{ printf "0.0.0.0:%v" .Values.runtime.port | quote }}
RUNTIME_SHIM_METRICS_LISTEN: {{ printf "0.0.0.0:%v" .Values.runtime.metricsPort | quote }}
RUNTIME_SHIM_LOG_FORMAT: {{ .Values.runtime.logFormat | quote }}
RUNTIME_SHIM_DRAIN: {{ .Values.drainSeconds | quote }}
RUNTIME_SHIM_GRACE: {{ .Values.graceSeconds | quote }}
RUST_LOG: {{ .Values.runtime.logFilter | quote }}
{{- if .Values.artifact.insecure }}
RUNTIME_SHIM_REGISTRY_INSECURE: "true"
{{- end }}
{{- with .Values.otel.endpoint }}
OTEL_EXPORTER_OTLP_ENDPOINT: {{ . | quote }}
OTEL_SERVICE_NAME: {{ $.Values.otel.serviceName | quote }}
OTEL_TRACES_SAMPLER: {{ $.Values.otel.sampler | quote }}
OTEL_TRACES_SAMPLER_ARG: {{ $.Values.otel.samplerArg | quote }}
OTEL_RESOURCE_ATTRIBUTES: {{ printf "deployment.environment.name=%s,service.version=%s" $.Values.costLabels.environment $.Chart.AppVersion | quote }}
{{- end }}
{{- range $name, $value := .Values.extraEnv }}
{{ $name }}: {{ $value | toString | quote }}
{{- end }}
{{- end -}}

{{/* Spin's runtime config file. */}}
{{- define "todo.runtimeConfig" -}}
[outbound_pg]
max_connections = {{ .Values.runtime.databaseConnections }}
{{- end -}}

{{/* Changes whenever a pod would read something else, so that pods are replaced. */}}
{{- define "todo.checksum" -}}
{{- list (include "todo.variables" .) (include "todo.runtimeSettings" .) (include "todo.runtimeConfig" .) (include "todo.secretName" .) (.Values.secrets.values | toYaml) .Values.secrets.revision .Values.artifact.verifyKey | join "\n" | sha256sum -}}
{{- end -}}
