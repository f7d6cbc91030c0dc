using Aval.Tests.Jars;

// The executable is also the benchmark of the write path.
return args switch
{
    ["jars-bench", .. var what] => await JarBench.RunAsync(what),
    _ when args.Contains("--server") || args.Contains("--internal-msbuild-node") =>
        await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(args, Aval.Tests.SelfRegisteredExtensions.AddSelfRegisteredExtensions),
    _ => await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args),
};
