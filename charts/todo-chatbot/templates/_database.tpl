{{- define "todo.databaseName" -}}{{ include "todo.name" . }}-database{{- end -}}

{{/* Whether this release brings the database along. */}}
{{- define "todo.databaseInside" -}}
{{- if ne .Values.database.mode "external" -}}true{{- end -}}
{{- end -}}

{{/* Where the app connects: a pooler where there is one. */}}
{{- define "todo.databaseHost" -}}
{{- $database := .Values.database -}}
{{- if eq $database.mode "statefulset" -}}
{{- include "todo.databaseName" . -}}
{{- else if eq $database.mode "cloudnativepg" -}}
{{- include "todo.databaseName" . -}}-{{- ternary "pooler" "rw" $database.cloudnativepg.pooler.enabled -}}
{{- else -}}
{{- $database.pooler.host | default $database.host | required "database.host: name the PostgreSQL server, or set database.mode" -}}
{{- end -}}
{{- end -}}

{{- define "todo.databasePort" -}}
{{- if include "todo.databaseInside" . -}}5432
{{- else if .Values.database.pooler.host -}}{{- .Values.database.pooler.port -}}
{{- else -}}{{- .Values.database.port -}}
{{- end -}}
{{- end -}}

{{/* The development server has no certificate; CloudNativePG's is of an authority of its own. */}}
{{- define "todo.databaseParams" -}}
{{- if eq .Values.database.mode "statefulset" -}}sslmode=disable
{{- else if eq .Values.database.mode "cloudnativepg" -}}sslmode=prefer
{{- else -}}{{- .Values.database.params -}}
{{- end -}}
{{- end -}}

{{/* Secret and key of the owner's URL, as the migration reads it. */}}
{{- define "todo.ownerUrlReference" -}}
{{- $database := .Values.database -}}
{{- if eq $database.mode "statefulset" -}}
name: {{ include "todo.databaseName" . }}
key: owner_url
{{- else if eq $database.mode "cloudnativepg" -}}
name: {{ include "todo.databaseName" . }}-app
key: uri
{{- else if $database.existingSecret -}}
name: {{ $database.existingSecret }}
key: {{ $database.existingSecretKey }}
{{- else -}}
name: {{ include "todo.migrationSecretName" . }}
key: owner_url
{{- end -}}
{{- end -}}
