using Aval.Tests.Jars;

// The executable is also the process that a test starts in order to kill it, and the benchmark of the write path.
return args switch
{
    ["jars-load", var database, var place] => await JarLoad.RunAsync(Enum.Parse<Database>(database), place),
    ["jars-bench", .. var what] => await JarBench.RunAsync(what),
    _ when args.Contains("--server") || args.Contains("--internal-msbuild-node") =>
        await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(args, Aval.Tests.SelfRegisteredExtensions.AddSelfRegisteredExtensions),
    _ => await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args),
};
