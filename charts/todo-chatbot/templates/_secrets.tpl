{{/* A value that is given, or was made up before, or is made up now. Kept for the rest of this rendering, so that every
object that shows it shows the same. Call with (dict "root" $ "secret" name "key" key "given" value "bytes" false). */}}
{{- define "todo.keptSecret" -}}
{{- $root := .root -}}
{{- if not (hasKey $root.Values "kept") -}}{{- $_ := set $root.Values "kept" dict -}}{{- end -}}
{{- $kept := $root.Values.kept -}}
{{- $id := printf "%s/%s" .secret .key -}}
{{- if not (hasKey $kept $id) -}}
{{- $there := lookup "v1" "Secret" $root.Release.Namespace .secret | default dict -}}
{{- $before := index ($there.data | default dict) .key -}}
{{- if .given -}}
{{- $_ := set $kept $id (toString .given) -}}
{{- else if $before -}}
{{- $_ := set $kept $id ($before | b64dec) -}}
{{- else -}}
{{- $_ := set $kept $id (ternary (randBytes 48) (randAlphaNum 40) .bytes) -}}
{{- end -}}
{{- end -}}
{{- index $kept $id -}}
{{- end -}}

{{/* Keys and values of the app's Secret, where the chart makes it. */}}
{{- define "todo.secretData" -}}
{{- $given := .Values.secrets.values -}}
{{- $name := include "todo.name" . -}}
{{- range $key := list "db_app_password" "db_identity_password" "better_auth_secret" }}
{{ $key }}: {{ include "todo.keptSecret" (dict "root" $ "secret" $name "key" $key "given" (index $given $key) "bytes" (eq $key "better_auth_secret")) | b64enc }}
{{- end }}
{{- range $key := list "better_auth_secret_previous" "openai_api_key" "mail_api_key" "auth_issuer_secret" }}
{{- with index $given $key }}
{{ $key }}: {{ . | b64enc }}
{{- end }}
{{- end }}
{{- end -}}

{{/* Whether the chart makes the Secret, rather than a vault or somebody else. */}}
{{- define "todo.secretsMade" -}}
{{- if and .Values.secrets.create (not .Values.secrets.existingSecret) (not .Values.secrets.externalSecret.enabled) -}}true{{- end -}}
{{- end -}}

{{/* Before an installation nothing of the release is there, so a migration that runs then reads a Secret of its own, which
goes when it is done. */}}
{{- define "todo.migrationSecretName" -}}
{{- if or (include "todo.databaseInside" .) .Values.secrets.existingSecret -}}
{{- include "todo.secretName" . -}}
{{- else -}}
{{- include "todo.name" . }}-migration
{{- end -}}
{{- end -}}
