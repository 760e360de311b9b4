{{- define "motown.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 50 | trimSuffix "-" -}}
{{- end -}}

{{- define "motown.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 50 | trimSuffix "-" -}}
{{- else if contains (include "motown.name" .) .Release.Name -}}
{{- .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name (include "motown.name" .) | trunc 50 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "motown.selectorLabels" -}}
app.kubernetes.io/name: {{ include "motown.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "motown.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{ include "motown.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end -}}

{{- define "motown.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "motown.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{- define "motown.secretName" -}}
{{- if .Values.secrets.existingSecret -}}
{{- .Values.secrets.existingSecret -}}
{{- else if .Values.secrets.create -}}
{{- include "motown.fullname" . -}}
{{- else -}}
{{- fail "Name a Secret in secrets.existingSecret (keys: secret, api-key, database-password, bus-password), or try it with secrets.create." -}}
{{- end -}}
{{- end -}}

{{/* The groups that are there, each with what all share: `include "motown.groups" . | fromYaml`. */}}
{{- define "motown.groups" -}}
{{- $defaults := .Values.groupDefaults -}}
{{- range $name, $group := .Values.groups }}
{{- if $group.enabled }}
{{ $name }}:
{{ mergeOverwrite (deepCopy $defaults) (deepCopy $group) | toYaml | indent 2 }}
{{- end }}
{{- end }}
{{- end -}}

{{/* Where the secrets lie in a container. */}}
{{- define "motown.secretsPath" -}}/run/secrets/motown{{- end -}}
