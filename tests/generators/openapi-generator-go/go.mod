module scenario

go 1.19

require example.com/zendesk/oauth v0.0.0

// The client is generated into a folder beside the program.
replace example.com/zendesk/oauth => ./client
