// Everything that the bot needs in a resource group: an identity, storage without keys, the host, the bot registration with its Teams channel, and where its
// telemetry goes. README.md says how to use it.
targetScope = 'resourceGroup'

@description('Begins the names of all resources. Lower-case letters and digits: the storage account takes nothing else.')
@minLength(3)
@maxLength(11)
param name string

@description('Where the resources are; the bot registration itself is global.')
param location string = resourceGroup().location

@description('The container image of the host, for example registry.example.com/coordinationbot:1.2.3.')
param image string

@description('Name of the Azure Container Registry that has the image, in this resource group: the identity is let read it. Empty for an image that anybody may read.')
param registry string = ''

@description('ManagedIdentity: the bot is the managed identity made here. SingleTenant: the bot is an Entra application of your own, which trusts that identity by a federated credential.')
@allowed(['ManagedIdentity', 'SingleTenant'])
param kind string = 'ManagedIdentity'

@description('Client id of the Entra application; with SingleTenant only.')
param applicationId string = ''

@description('Home tenant of the bot.')
param tenantId string = tenant().tenantId

@description('Entra object ids of the people who set mandates and policies.')
param administrators string[] = []

@description('IANA time zone of people whose client names none.')
param zone string = 'UTC'

@description('More settings of the host, as in the table of README.md, with __ for the colon. Whoever may read the container app can read them.')
param settings object = {}

@description('The same for settings that nobody may read: Mail__Password, Mail__ImapPassword, Bot__ClientSecret, OTEL_EXPORTER_OTLP_HEADERS. They are kept as secrets of the container app.')
@secure()
param secretSettings {
  @secure()
  *: string
} = {}

@description('Where traces, figures and logs go by OTLP, for example a collector in the same network; empty for nowhere. The log goes to the workspace in any case.')
param otlpEndpoint string = ''

@description('Hosts at least; two or more go on working while one is replaced.')
@minValue(2)
param minReplicas int = 2

@description('Hosts at most.')
@minValue(2)
param maxReplicas int = 10

@description('Names and keys of people are in the store: choose how it is copied with care. ZRS keeps them in the region.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GZRS'])
param storageSku string = 'Standard_ZRS'

@description('Price tier of the bot registration. Messages in Teams are free in both.')
@allowed(['F0', 'S1'])
param botSku string = 'F0'

var botId = kind == 'ManagedIdentity' ? identity.properties.clientId : applicationId
var credential = kind == 'ManagedIdentity'
  ? 'ManagedIdentity'
  : contains(secretSettings, 'Bot__ClientSecret') ? 'ClientSecret' : 'FederatedManagedIdentity'
var tableContributor = '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
var queueContributor = '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
var registryReader = '7f951dda-4ed3-4680-a7ca-43fe172d538d'

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: '${name}-identity'
  location: location
}

resource storage 'Microsoft.Storage/storageAccounts@2025-06-01' = {
  name: take('${name}${uniqueString(resourceGroup().id)}', 24)
  location: location
  kind: 'StorageV2'
  sku: { name: storageSku }
  properties: {
    allowSharedKeyAccess: false
    allowBlobPublicAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
  }

  resource tables 'tableServices' = {
    name: 'default'

    resource table 'tables' = {
      name: 'coordination'
    }
  }

  resource queues 'queueServices' = {
    name: 'default'

    resource queue 'queues' = {
      name: 'coordination-work'
    }
  }
}

resource mayUseTables 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(storage.id, identity.id, tableContributor)
  scope: storage
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', tableContributor)
  }
}

resource mayUseQueues 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(storage.id, identity.id, queueContributor)
  scope: storage
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', queueContributor)
  }
}

resource images 'Microsoft.ContainerRegistry/registries@2025-04-01' existing = if (!empty(registry)) {
  name: registry
}

resource mayReadImages 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(registry)) {
  name: guid(images.id, identity.id, registryReader)
  scope: images
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', registryReader)
  }
}

resource logs 'Microsoft.OperationalInsights/workspaces@2025-02-01' = {
  name: '${name}-logs'
  location: location
  properties: {
    retentionInDays: 30
    sku: { name: 'PerGB2018' }
  }
}

resource environment 'Microsoft.App/managedEnvironments@2025-01-01' = {
  name: '${name}-environment'
  location: location
  properties: {
    appLogsConfiguration: { destination: 'azure-monitor' }
    zoneRedundant: false
  }
}

resource toLogs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'logs'
  scope: environment
  properties: {
    workspaceId: logs.id
    logs: [{ categoryGroup: 'allLogs', enabled: true }]
  }
}

var domain = '${name}-host.${environment.properties.defaultDomain}'
var administratorSettings = [
  for (administrator, index) in administrators: { name: 'Office__Administrators__${index}', value: administrator }
]
var telemetrySettings = empty(otlpEndpoint) ? [] : [{ name: 'OTEL_EXPORTER_OTLP_ENDPOINT', value: otlpEndpoint }]
var moreSettings = [for setting in items(settings): { name: setting.key, value: string(setting.value) }]
// A secret's name has lower-case letters, digits and hyphens.
var secretNames = [
  for setting in items(secretSettings): {
    setting: setting.key
    secret: toLower(replace(replace(setting.key, '__', '-'), '_', '-'))
  }
]
var fromSecrets = [for one in secretNames: { name: one.setting, secretRef: one.secret }]

resource host 'Microsoft.App/containerApps@2025-01-01' = {
  name: '${name}-host'
  location: location
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identity.id}': {} }
  }
  properties: {
    environmentId: environment.id
    configuration: {
      // A new revision takes over when it is ready, and the one before it finishes its turns.
      activeRevisionsMode: 'Single'
      registries: empty(registry) ? [] : [{ server: images!.properties.loginServer, identity: identity.id }]
      // The rule does not see that what is in a secure object is secure.
      #disable-next-line use-secure-value-for-secure-inputs
      secrets: [for one in secretNames: { name: one.secret, value: secretSettings[one.setting] }]
      ingress: {
        external: true
        targetPort: 8080
        transport: 'auto'
        allowInsecure: false
      }
    }
    template: {
      // The drain, and 20 seconds in which it ends.
      terminationGracePeriodSeconds: 40
      containers: [
        {
          name: 'host'
          image: image
          resources: { cpu: json('0.5'), memory: '1Gi' }
          env: concat(
            [
              { name: 'AZURE_CLIENT_ID', value: identity.properties.clientId }
              { name: 'Bot__AppId', value: botId }
              { name: 'Bot__TenantId', value: tenantId }
              { name: 'Bot__Credential', value: credential }
              { name: 'Bot__ManagedIdentityClientId', value: identity.properties.clientId }
              { name: 'Storage__Provider', value: 'Azure' }
              { name: 'Storage__AccountUri', value: storage.properties.primaryEndpoints.table }
              // Longer than two looks of the readiness probe, after which nothing new comes to a host that ends.
              { name: 'Health__Drain', value: '12' }
              { name: 'Office__Zone', value: zone }
              { name: 'Office__PublicAddress', value: 'https://${domain}' }
            ],
            administratorSettings,
            telemetrySettings,
            moreSettings,
            fromSecrets
          )
          probes: [
            // A host waits three minutes for its rights before it listens, and is not to be killed for that. The other two probes begin when this one has had an answer.
            {
              type: 'Startup'
              httpGet: { path: '/health/live', port: 8080 }
              initialDelaySeconds: 3
              periodSeconds: 25
              failureThreshold: 10
            }
            { type: 'Liveness', httpGet: { path: '/health/live', port: 8080 }, periodSeconds: 10, failureThreshold: 3 }
            {
              type: 'Readiness'
              httpGet: { path: '/health/ready', port: 8080 }
              periodSeconds: 5
              timeoutSeconds: 4
              failureThreshold: 2
            }
          ]
        }
      ]
      scale: {
        minReplicas: minReplicas
        maxReplicas: maxReplicas
        rules: [{ name: 'requests', http: { metadata: { concurrentRequests: '50' } } }]
      }
    }
  }
  // Without the right to the image it cannot be pulled. Rights take some minutes to hold after they are given: for those to the storage the host waits, and does not listen until then.
  dependsOn: [mayReadImages, mayUseTables, mayUseQueues, storage::tables::table, storage::queues::queue]
}

resource bot 'Microsoft.BotService/botServices@2022-09-15' = {
  name: '${name}-bot'
  location: 'global'
  kind: 'azurebot'
  sku: { name: botSku }
  properties: {
    displayName: 'CoordinationBot'
    endpoint: 'https://${domain}/api/messages'
    msaAppId: botId
    msaAppTenantId: tenantId
    msaAppType: kind == 'ManagedIdentity' ? 'UserAssignedMSI' : 'SingleTenant'
    msaAppMSIResourceId: kind == 'ManagedIdentity' ? identity.id : null
    disableLocalAuth: true
  }

  resource teams 'channels' = {
    name: 'MsTeamsChannel'
    location: 'global'
    properties: {
      channelName: 'MsTeamsChannel'
      properties: { isEnabled: true }
    }
  }
}

@description('For the app package: --bot-id.')
output botId string = botId

@description('For the app package: --host.')
output host string = domain

@description('With SingleTenant: the subject of the federated credential that the Entra application must trust.')
output identityPrincipalId string = identity.properties.principalId
