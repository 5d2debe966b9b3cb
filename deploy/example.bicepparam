// Copy this to office.bicepparam and put in what is yours. A deployment sets everything by this file: what is taken out of it is set back to what main.bicep has for it.
using 'main.bicep'

// 3 to 11 lower-case letters and digits.
param name = 'secretary'

// The registry may be left empty when anybody may read the image.
param registry = 'officeregistry'
param image = 'officeregistry.azurecr.io/coordinationbot:1.0.0'

// Entra object ids of the people who set mandates and policies. With nobody here, nobody can.
param administrators = [
  '00000000-0000-0000-0000-000000000000'
]

param zone = 'UTC'

// Or SingleTenant, with the client id of the application.
param kind = 'ManagedIdentity'
param applicationId = ''

// Where telemetry goes, or empty.
param otlpEndpoint = ''

// More settings, as in the table of README.md, with __ for the colon: Office__WorkingWeek: 'Mon-Fri'
param settings = {}

// Settings that nobody may read, from the environment of whoever deploys: Mail__Password: readEnvironmentVariable('MAIL_PASSWORD')
param secretSettings = {}
